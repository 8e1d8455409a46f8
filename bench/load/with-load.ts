import { Load } from './load.ts'
import { loadProcessor } from './pinned.ts'

/** Puts a load onto a server and does something with it; whatever happens, both are gone afterwards. */
export async function withLoad<T>(
  server: { open(load: Load): Promise<void>; stop(): Promise<void> },
  use: (load: Load) => Promise<T>,
): Promise<T> {
  const load = Load.start(loadProcessor)
  try {
    await server.open(load)
    return await use(load)
  } finally {
    await load.stop()
    await server.stop()
  }
}
