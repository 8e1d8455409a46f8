/** Of a picture, in pixels, as it is shown. */
export interface ImageSize {
  readonly width: number
  readonly height: number
}

/**
 * Width and height of a PNG, GIF, JPEG (turned as its Exif says) or WebP file, from its first bytes; undefined for anything else
 * and where they are not within the bytes given. Sources: PNG §11.2.1, GIF89a §18, ITU-T T.81 §B.2.2, Exif 2.3 §4.6, RFC 9649 §2.
 */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const size = sizeOf(view)
    return size && size.width > 0 && size.height > 0 ? size : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function sizeOf(view: DataView): ImageSize | undefined {
  const first = view.getUint32(0)
  if (first === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) }
  if (first === 0x47494638) return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
  if (first >>> 8 === 0xffd8ff) return jpegSize(view)
  if (first === 0x52494646 && view.getUint32(8) === 0x57454250) return webpSize(view)
  return undefined
}

function webpSize(view: DataView): ImageSize | undefined {
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  switch (view.getUint32(12)) {
    case 0x56503858:
      return { width: uint24(24) + 1, height: uint24(27) + 1 }
    case 0x56503820:
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 0x5650384c: {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    default:
      return undefined
  }
}

function jpegSize(view: DataView): ImageSize | undefined {
  let isTurned = false
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    const length = view.getUint16(at + 2)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
      return isTurned ? { width: height, height: width } : { width, height }
    }
    if (marker === 0xe1 && view.getUint32(at + 4) === 0x45786966) isTurned ||= isExifTurned(view, at + 10)
    if (length < 2) return undefined
    at += 2 + length
  }
}

/** Whether the Orientation (5 to 8) of an Exif block puts columns for rows. */
function isExifTurned(view: DataView, tiff: number): boolean {
  const isLittle = view.getUint16(tiff) === 0x4949
  const directory = tiff + view.getUint32(tiff + 4, isLittle)
  const count = Math.min(64, view.getUint16(directory, isLittle))
  for (let entry = 0; entry < count; entry++) {
    const at = directory + 2 + entry * 12
    if (view.getUint16(at, isLittle) === 0x0112) return view.getUint16(at + 8, isLittle) >= 5
  }
  return false
}
