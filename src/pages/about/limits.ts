/** What no page in a browser can do, or none as well as a program of its own: a title and what it means here. */
export const LIMITS: readonly (readonly [title: string, meaning: string])[] = [
  [
    'Memory',
    'A database in WebAssembly has 4 GB at most, and this one stops at 3.3. About 12 million rows of 15 columns fit. An import that would not fit ends before the memory is full and says how large a sample does.',
  ],
  [
    'Background tabs',
    'A tab in the background goes on computing, but browsers may slow it down, and phones end it when they need its memory. Keep the tab open and in front for a long training.',
  ],
  ['Sleep', 'A computer that sleeps computes nothing. The training goes on when it wakes up.'],
  [
    'Closed tabs',
    'Nothing runs without a tab. A training that is cut short by closing the last one is on hold until you resume it.',
  ],
  [
    'Graphics cards',
    'The browser decides which card a page gets, how much of its memory, and may take it away. The work then goes on in WebAssembly.',
  ],
  [
    'Disk',
    'A page may fill the part of the disk that the browser grants, and cannot reach any file that you have not given to it.',
  ],
];
