export { type ImageSize, imageSize } from './image-size.ts'
export { readServedType } from './served-type.ts'
export { splitText } from './split-text.ts'
