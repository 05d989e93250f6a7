/** What is kept of a person's work, where, and for how long: said here and nowhere else. */
export const KEPT: readonly { readonly what: string; readonly where: string; readonly until: string }[] = [
  {
    what: 'Files that you bring in, databases of connectors, trained models, synthetic rows, charts of reports',
    where: 'Private file system of this browser; tables that are in use also in memory',
    until: 'you delete them, or the data of this site',
  },
  {
    what: 'Names, descriptions and settings of everything, recipes, scores of reports, names of columns, profiles of sources',
    where: 'Database of this browser (IndexedDB)',
    until: 'you delete what they belong to, or the data of this site',
  },
  {
    what: 'The last 200 jobs with their logs, and from where one that has not ended goes on',
    where: 'The same database and file system',
    until: 'you delete what they made, or the data of this site',
  },
  {
    what: 'What a connector leads to: addresses, names of files, and your leave to read and write folders and files that you chose',
    where: 'The same database; the leave is in no file, and the browser asks you again',
    until: 'you delete the connector, or the data of this site',
  },
  {
    what: 'The protection key of a generator, a secret that value protection is drawn from',
    where: 'The same database; in no file and no report',
    until: 'you delete the generator, or the data of this site',
  },
  {
    what: 'Everything of a private session',
    where: 'Memory of its tab alone',
    until: 'you close or reload the tab',
  },
  {
    what: 'The address of a file that you fetched, without what follows its “?”',
    where: 'With the source, as its origin',
    until: 'you change it, or delete the source',
  },
  {
    what: 'Downloads',
    where: 'Where you save them',
    until: 'you delete them',
  },
  {
    what: 'What you choose on the page Settings, which project you work in, and whether the app is kept on this device',
    where: 'Local storage of this browser',
    until: 'you clear the site data',
  },
  {
    what: "The app's own program files; none of your data",
    where: 'Cache of this browser',
    until: 'you switch it off on the page About',
  },
];

/** What deleting means, and what it does not reach. */
export const DELETED =
  'The page Storage lists what is kept and deletes one thing or all. Other sites cannot reach it; whoever uses this browser under your account can. Bytes that a crash leaves behind are removed when the app is opened the next time.';
