import { LineGone, type ServiceLine } from '@vaxel/core'

/**
 * Waits for something while a line is there; ends with `LineGone` when the line does.
 * @param until never if absent
 */
export async function whileThere<T>(line: ServiceLine, until: Promise<T> = new Promise<T>(() => {})): Promise<T> {
  const { promise: gone, reject } = Promise.withResolvers<never>()
  const left = (): void => reject(new LineGone('the line is gone'))
  if (line.signal.aborted) left()
  line.signal.addEventListener('abort', left, { once: true })
  try {
    return await Promise.race([until, gone])
  } finally {
    line.signal.removeEventListener('abort', left)
  }
}
