import { ChevronDown, Download, FileDown } from 'lucide-react';
import { BUTTON_LOOK } from '../components/button';
import { Menu } from '../components/menu';
import type { MenuEntry } from '../components/menu-entry';
import { DOWNLOAD_FORMAT_IDS, DOWNLOAD_FORMATS, type DownloadFormatId } from '../domain/download-formats';

/** The formats that rows are written in, behind a button; each says what it is, and where it ends if it does. */
export function FormatMenu(props: {
  /** The face of the button, without an icon where it stands beside other downloads. */
  readonly label: string;
  readonly hasIcon?: boolean;
  /** Formats that have buttons of their own. */
  readonly except?: readonly DownloadFormatId[];
  readonly onChoose: (format: DownloadFormatId) => void;
  /** What else the menu offers, below a line. */
  readonly more?: readonly MenuEntry[];
}) {
  const { except = [], more = [] } = props;
  const formats = DOWNLOAD_FORMAT_IDS.filter((format) => !except.includes(format)).map((format) => ({
    label: `${DOWNLOAD_FORMATS[format].title} (.${DOWNLOAD_FORMATS[format].extension})`,
    note: DOWNLOAD_FORMATS[format].about,
    icon: FileDown,
    run: () => props.onChoose(format),
  }));
  return (
    <Menu
      label={props.label}
      align="start"
      className={BUTTON_LOOK}
      entries={[...formats, ...(more.length > 0 ? (['line', ...more] as const) : [])]}
    >
      {props.hasIcon && <Download aria-hidden="true" size={16} />}
      {props.label}
      <ChevronDown aria-hidden="true" size={16} />
    </Menu>
  );
}
