/** Pixels of each side: sharp at 96 pixels on any screen. */
const side = 320
const quality = 0.85

/** The middle of a picture as a small square JPEG in base 64, without anything else that the file holds (place, camera); undefined for no picture. */
export async function squarePhoto(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture) return undefined
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  const context = canvas.getContext('2d')
  if (!context) return undefined
  const shorter = Math.min(picture.width, picture.height)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, side, side)
  context.drawImage(
    picture,
    (picture.width - shorter) / 2,
    (picture.height - shorter) / 2,
    shorter,
    shorter,
    0,
    0,
    side,
    side,
  )
  picture.close()
  return canvas.toDataURL('image/jpeg', quality).split(',', 2)[1]
}
