import { fileTypeFromBuffer } from 'file-type'
import type { DetectMediaType } from '@vaxel/core'

/** The media type that the first bytes of a file show; undefined for text and for what is not known. The only file that knows the library. */
export const detectMediaType: DetectMediaType = async (bytes) => (await fileTypeFromBuffer(bytes))?.mime
