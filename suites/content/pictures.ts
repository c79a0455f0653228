/** Small files in base64: pictures (PNG) and a document (PDF). */

const head = 'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2j';
const pixels = 'AAAAKklEQVR42mM4oaBAU8QwasGoBaMWjFowasGoBaMWjFowasGoBaMWDBULACN6ID087kdSAAAAAElFTkSuQmCC';

/** A comment of 2 KB, as a chunk of a PNG: `The cat sat on the mat. ` ninety times. */
const comment = `AAAIfHRFWHRDb21tZW50AEEg${'VGhlIGNhdCBzYXQgb24gdGhlIG1hdC4g'.repeat(90)}b2vaStFQ`;

type Picture = 'red' | 'redWithComment' | 'tooWide' | 'wide';

export const pictures: Readonly<Record<Picture, string>> = {
  /** 32 by 32 pixels, all red: some vision models take nothing smaller. */
  red: `${head}${pixels}`,
  /** The same pixels in a file thirty times as large. */
  redWithComment: `${head}${comment}${pixels}`,
  /** 8001 by 8 pixels: one more than the longest side that is allowed. */
  tooWide:
    'iVBORw0KGgoAAAANSUhEUgAAH0EAAAAIAQAAAACz1Z9BAAAALElEQVR42u3TMQ0AAAzDsPIn3WLYO9kQIiUF/osE4HTA6YDTAacDTgecDhwNNz4qihUARaoAAAAASUVORK5CYII=',
  /** 4000 by 100 pixels: allowed, and larger than what any model sees. */
  wide: 'iVBORw0KGgoAAAANSUhEUgAAD6AAAABkAQAAAAC6NfLkAAAAr0lEQVR42u3RMQEAAAzCMPybBhE7l0poUr0rFkAXdEEXdEEXdEEXdEEXdEEXdEEXdEEXdEGHLuiCLuiCLuiCLuiCLuiCLuiCLuiCLuiCDl3QBV3QBV3QBV3QBV3QBV3QBV3QBV3QBR26oAu6oAu6oAu6oAu6oAu6oAu6oAu6oAs6dEEXdEEXdEEXdEEXdEEXdEEXdEEXdEEXdOgWQBd0QRd0QRd0QRd0QRd0QRd03Rr1npgPqyQJDgAAAABJRU5ErkJggg==',
};

/** One page that says "The lamp is red." */
export const pdf: string =
  'JVBERi0xLjQKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZy9QYWdlcyAyIDAgUj4+ZW5kb2JqCjIgMCBvYmo8PC9UeXBlL1BhZ2VzL0tpZHNbMyAwIFJdL0NvdW50IDE+PmVuZG9iagozIDAgb2JqPDwvVHlwZS9QYWdlL1BhcmVudCAyIDAgUi9NZWRpYUJveFswIDAgMjAwIDUwXS9Db250ZW50cyA0IDAgUi9SZXNvdXJjZXM8PC9Gb250PDwvRjE8PC9UeXBlL0ZvbnQvU3VidHlwZS9UeXBlMS9CYXNlRm9udC9IZWx2ZXRpY2E+Pj4+Pj4+PmVuZG9iago0IDAgb2JqPDwvTGVuZ3RoIDQ2Pj5zdHJlYW0KQlQgL0YxIDEyIFRmIDEwIDIwIFRkIChUaGUgbGFtcCBpcyByZWQuKSBUaiBFVAplbmRzdHJlYW1lbmRvYmoKeHJlZgowIDUKMDAwMDAwMDAwMCA2NTUzNSBmIAowMDAwMDAwMDA5IDAwMDAwIG4gCjAwMDAwMDAwNTIgMDAwMDAgbiAKMDAwMDAwMDEwMSAwMDAwMCBuIAowMDAwMDAwMjUxIDAwMDAwIG4gCnRyYWlsZXI8PC9TaXplIDUvUm9vdCAxIDAgUj4+CnN0YXJ0eHJlZgozNDIKJSVFT0YK';
