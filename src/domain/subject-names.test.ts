import { expect, test } from 'vitest';
import { namesSubjects, numbersSubjects } from './subject-names';

test.each([
  ...[
    'customer_id',
    'CustomerID',
    'users_id',
    'user',
    'patient nr',
    'E-Mail',
    'email address',
    'Phone number',
  ],
  ...['member', 'Kundennummer', 'Kunden-Nr.', 'id_cliente', 'correo', 'numéro client', 'account_no', 'login'],
])('%s names subjects', (name) => {
  expect(namesSubjects(name)).toBe(true);
});

test.each([
  ...['id', 'name', 'customer_age', 'user type', 'product_id', 'account balance', 'phone model', 'city', ''],
  ...['education', 'order_id', 'customers per day'],
])('%s does not', (name) => {
  expect(namesSubjects(name)).toBe(false);
});

test.each([
  'customer_id',
  'CustomerID',
  'patient nr',
  'Kunden-Nr.',
  'Kundennummer',
  'id_cliente',
  'account_no',
  'members id',
])('%s says that each value is a subject', (name) => {
  expect(numbersSubjects(name)).toBe(true);
});

test.each(['account', 'member', 'num_people', 'no. of persons', 'phone', 'product_id', 'user type'])(
  '%s does not say so',
  (name) => {
    expect(numbersSubjects(name)).toBe(false);
  },
);
