/** Whether the page was opened with `?private`: nothing of its session is written to disk. */
export function isPrivatePage(): boolean {
  return new URLSearchParams(location.search).has('private');
}
