import * as contract from '@vaxel/contract'
import { type OperationHandler, perform } from '@vaxel/contract'
import { askerOf } from '../scope.ts'
import { DirectoryLoops } from './directory-loops.ts'
import { ExternalDirectoryService } from './external-service.ts'
import type { ReadingParts } from './parts.ts'
import { tryDirectory } from './try-directory.ts'

/** Directories of others (LDAP), whose people become contacts that the company shares. */
export interface ExternalDirectories {
  readonly handlers: readonly OperationHandler[]
  /** Begins to read. */
  start(): Promise<void>
  /** Resolves when nothing is read any more. */
  close(): Promise<void>
}

export function createExternalDirectories(parts: ReadingParts): ExternalDirectories {
  const loops = new DirectoryLoops(parts)
  const service = new ExternalDirectoryService(parts, loops)
  return {
    handlers: [
      perform(contract.listExternalDirectories, ({ principal, address }) => service.list(askerOf(principal, address))),
      perform(contract.createExternalDirectory, ({ principal, address, body }) =>
        service.create(askerOf(principal, address), body),
      ),
      perform(contract.changeExternalDirectory, ({ principal, address, params, body }) =>
        service.change(askerOf(principal, address), params.directoryId, body),
      ),
      perform(contract.removeExternalDirectory, ({ principal, address, params }) =>
        service.remove(askerOf(principal, address), params.directoryId),
      ),
      perform(contract.readExternalDirectoryNow, ({ principal, address, params }) =>
        service.readNow(askerOf(principal, address), params.directoryId),
      ),
      perform(contract.acceptMissingEntries, ({ principal, address, params }) =>
        service.acceptMissing(askerOf(principal, address), params.directoryId),
      ),
      perform(contract.testExternalDirectory, ({ principal, address, body }) =>
        tryDirectory(parts, askerOf(principal, address), body),
      ),
    ],
    start: () => loops.start(),
    close: () => loops.close(),
  }
}
