import fc from 'fast-check';

/**
 * Property tests draw the same values at each run, so that a red test is red for everybody, and again. To look further:
 * `PAPERJAM_SEED=7 npm test -- test/links`, with any whole number.
 */
const DEFAULT_SEED = 20_261_125;

fc.configureGlobal({ seed: Number(process.env.PAPERJAM_SEED ?? DEFAULT_SEED) });
