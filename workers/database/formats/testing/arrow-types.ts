import type { StorageType } from '../../../../src/domain/columns';

/** Types and cells of the files called `types` in `files/`, as pyarrow wrote them; the second row has no values. */
export const TYPES: Readonly<Record<string, readonly [StorageType, readonly (string | null)[]]>> = {
  i8: ['integer', ['1', null, '-128', '127', '0']],
  i64: ['integer', ['9007199254740993', null, '-9223372036854775808', '9223372036854775807', '0']],
  u32: ['integer', ['4294967295', null, '0', '1', '2']],
  u64: ['integer', ['18446744073709551615', null, '0', '1', '2']],
  // NaN is no value.
  f32: ['float', ['1.5', null, 'Infinity', null, '-0.25']],
  f64: ['float', ['0.1', null, '-1e+300', '5e-324', '2']],
  bool: ['boolean', ['true', null, 'false', 'true', 'false']],
  dec: ['float', ['19.99', null, '-0.01', '12345678.9', '0.1']],
  dec0: ['integer', ['123456789012345678', null, '-1', '0', '7']],
  decwide: ['text', ['123456789012345678901234567890', null, '-1', '0', '7']],
  date: ['date', ['2024-02-29', null, '0001-01-01', '9999-12-31', '1969-12-31']],
  text: ['text', ['Ann', null, '', 'Zoë <b>“x”</b>', 'a,b\n"c"']],
  cat: ['text', ['x', null, 'y', 'x', 'x']],
  code: ['text', ['007', null, '1', '2', '3']],
  bin: ['text', ['00ff', null, 'abc', '', 'ä']],
  list: ['text', ['[1,2]', null, '[]', '[null]', '[3]']],
  'group.a': ['integer', ['1', null, null, '4', '5']],
  'group.b.c': ['text', ['x', null, null, null, 'y']],
  time: ['time', ['08:30:00', null, '23:59:59.5', '00:00:00', '12:00:00']],
};

/** The microseconds from 1970 of the columns of times, by their unit. */
export const INSTANTS: Readonly<Record<string, readonly (bigint | null)[]>> = {
  ms: [1709251199123000n, null, -1000n, -62135596800000000n, 253402300799000000n],
  us: [1709251199123456n, null, -1n, -62135596800000000n, 253402300799000000n],
  tz: [1709251199123456n, null, -1n, -62135596800000000n, 253402300799000000n],
  // Nanoseconds are rounded down.
  ns: [1709251199123456n, null, -1n, 0n, 0n],
};
