import fc from 'fast-check';

// The same properties on the same inputs in every run; `FC_SEED=7 npm run test:unit` looks at others.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 1) });
