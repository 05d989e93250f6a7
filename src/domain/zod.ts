import { z } from 'zod';

// zod asks once per thread whether it may use eval. The content security policy says no, and the browser reports the
// attempt as a violation.
z.config({ jitless: true });

export { z };
