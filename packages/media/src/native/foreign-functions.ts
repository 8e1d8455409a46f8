import { createRequire } from 'node:module'
import type koffiModule from 'koffi'

/** The library that calls C functions of this process and its system; throws where it has no binary for the machine. The only file that knows it. */
export function loadForeignFunctions(): typeof koffiModule {
  return createRequire(import.meta.url)('koffi') as typeof koffiModule
}
