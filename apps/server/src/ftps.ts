import type { Clock, Logger } from '@vaxel/base'
import { type FtpsServer, openFtpsServer } from '@vaxel/connect'
import { createFtps, type FtpsFeature } from '@vaxel/features/ftps'
import { sealedSoundReader } from '@vaxel/media'
import type { Store } from '@vaxel/store'
import type { Configuration } from './configuration.ts'

/** Accounts are there always; the file server only where a port is set. */
export interface Ftps {
  readonly handlers: FtpsFeature['handlers']
  replaceCertificate: FtpsServer['replaceCertificate']
  close(): Promise<void>
}

/** Recordings over FTPS. Throws with a sentence for a person when a port cannot be bound. */
export async function openFtps(options: {
  configuration: Configuration
  store: Store
  bind: string
  certificate: { readonly certPem: string; readonly keyPem: string }
  advertise: (peer: string) => string
  clock: Clock
  log: Logger
}): Promise<Ftps> {
  const { configuration, store, bind, certificate, advertise, clock, log } = options
  const { ftps, publicAddress } = configuration
  const feature = createFtps({
    accounts: store.ftpsAccounts,
    recordingStore: store.recordingStore,
    recordings: store.recordingFolder(sealedSoundReader),
    credentials: store.credentials,
    directory: store.directory,
    ledger: store.ledger,
    random: store.random,
    clock,
    log,
    place: {
      ...(publicAddress === undefined ? {} : { host: publicAddress }),
      ...(ftps?.port === undefined ? {} : { port: ftps.port }),
      ...(ftps?.implicitPort === undefined ? {} : { implicitPort: ftps.implicitPort }),
      ...(ftps === undefined ? {} : { passivePorts: ftps.passivePorts }),
    },
  })
  const server =
    ftps &&
    (await openFtpsServer({
      clock,
      log,
      door: feature.door,
      bind,
      ...(ftps.port === undefined ? {} : { port: ftps.port }),
      ...(ftps.implicitPort === undefined ? {} : { implicitPort: ftps.implicitPort }),
      passivePorts: ftps.passivePorts,
      certificate,
      advertise,
    }))
  return {
    handlers: feature.handlers,
    replaceCertificate: (next) => server?.replaceCertificate(next),
    close: async () => server?.close(),
  }
}
