import { type ComponentType, lazy, type LazyExoticComponent } from 'react'

const againMs = 2000
const mostTries = 60

/** Fetches code; while the server is away it is tried again, for some minutes. */
export async function persistently<T>(load: () => Promise<T>, triesLeft = mostTries): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (triesLeft === 0) throw error
    await new Promise((resolve) => setTimeout(resolve, againMs))
    return await persistently(load, triesLeft - 1)
  }
}

/** A component whose code is fetched when it is drawn for the first time; its place stays empty until then. */
export const late = <Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> =>
  lazy(async () => ({ default: await persistently(load) }))
