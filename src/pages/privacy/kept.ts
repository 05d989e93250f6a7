/** What is kept of a person's work, where, and for how long: said here and nowhere else. */
export const KEPT: readonly { readonly what: string; readonly where: string; readonly until: string }[] = [
  {
    what: 'A file that you bring in',
    where: 'Private file system of this browser, in a folder of this tab; its rows in memory',
    until: 'you delete the source, or close or reload the tab',
  },
  {
    what: 'Synthetic rows',
    where: 'Private file system, in the same folder',
    until: 'you delete the dataset, or close or reload the tab',
  },
  {
    what: 'Settings, models, reports, names of columns',
    where: 'Memory of this tab',
    until: 'you delete them, or close or reload the tab',
  },
  {
    what: 'The protection key of a generator, a secret that value protection is drawn from',
    where: 'Memory of this tab; in no file and no report',
    until: 'you delete the generator, or close or reload the tab',
  },
  {
    what: 'Downloads',
    where: 'Where you save them',
    until: 'you delete them',
  },
  {
    what: 'Light or dark, and whether the app is kept on this device',
    where: 'Local storage of this browser',
    until: 'you clear the site data',
  },
  {
    what: "The app's own program files; none of your data",
    where: 'Cache of this browser',
    until: 'you switch it off on the page About',
  },
];

/** What follows a tab that ended before it could clean up. */
export const LEFT_BEHIND =
  'Files of a tab that was closed or that crashed are removed the next time the app reads a table. Until then they are on your disk, where other sites cannot reach them. To be sure, clear the site data of this address in your browser.';
