/** Texts in few bytes. Loaded when there is something to pack: the first screen does without. */
import inflate from 'tiny-inflate';

export interface PackedText {
  /** Deflated UTF-8 as characters 0 to 255: a string of them takes less than an array of bytes would. */
  readonly characters: string;
  /** Bytes of the UTF-8. */
  readonly length: number;
}

export async function packText(text: string): Promise<PackedText> {
  const whole = new Blob([text]);
  const deflated = whole.stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  let characters = '';
  for (let from = 0; from < bytes.length; from += 8192)
    characters += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return { characters, length: whole.size };
}

/** The text again; at once, unlike what the browser offers. */
export function unpackText({ characters, length }: PackedText): string {
  const bytes = Uint8Array.from(characters, (character) => character.charCodeAt(0));
  return new TextDecoder().decode(inflate(bytes, new Uint8Array(length)));
}
