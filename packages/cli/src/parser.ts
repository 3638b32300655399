/** What reading a Set takes, apart: it is loaded while the file is inflated (scripts/bundle.mjs makes it a file). */
export { coverage, parseSet, setStats } from '@livetree/live-set';
