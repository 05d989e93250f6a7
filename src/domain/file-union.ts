/** A file among others, with the folder it lies in, if it was chosen with one. */
interface BroughtFile {
  readonly name: string;
  readonly webkitRelativePath?: string;
}

/** Paths of files, each unlike the others: files of two folders may have one name. */
export function pathsOf(files: readonly BroughtFile[]): string[] {
  const taken = new Set<string>();
  return files.map(({ name, webkitRelativePath }) => {
    const path = webkitRelativePath || name;
    let own = path;
    for (let k = 2; taken.has(own); k++)
      own = path.replace(/(\.\w+)*$/, (extension) => ` (${k})${extension}`);
    taken.add(own);
    return own;
  });
}

/** What several files are called as one: their folder, what their names begin with, or the first of them. */
export function unionName(paths: readonly string[]): string {
  const folders = new Set(paths.map((path) => path.split('/').slice(0, -1).join('/')));
  const [folder] = folders;
  if (folders.size === 1 && folder) return `${folder.split('/').at(-1)}.zip`;
  const names = paths.map((path) =>
    path
      .split('/')
      .at(-1)!
      .replace(/(\.\w+)+$/, ''),
  );
  const common = commonStart(names).replace(/[\W_\d]+$/, '');
  return `${common.length >= 3 ? common : `${names[0]} and ${paths.length - 1} more`}.zip`;
}

function commonStart([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) {
    let same = 0;
    while (same < length && other[same] === first[same]) same++;
    length = same;
  }
  return first.slice(0, length);
}
