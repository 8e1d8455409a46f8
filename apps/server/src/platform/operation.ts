import type { CertificateOffice, Network } from '@vaxel/connect'
import type { CallService } from '@vaxel/features/calls'
import { createChannels } from '@vaxel/features/channels'
import type { RecordingFeature } from '@vaxel/features/recording'
import type { TrunksFeature } from '@vaxel/features/trunks'
import { createUpkeep } from '@vaxel/features/upkeep'
import { deliveredCatalogues } from '@vaxel/site/catalogues'
import { ClockWatch } from '../clock-watch.ts'
import { DiskWatch } from '../disk-watch.ts'
import { LoadWatch } from '../load-watch.ts'
import type { OverloadWatch } from '../overload-watch.ts'
import { version } from '../version.ts'
import type { Ground } from './ground.ts'

/** What whoever runs the platform looks at: warnings, channels in use, load, and the way to stop without a call lost. */
export async function watchOperation(
  { configuration, store, clock, log, scope, faults }: Ground,
  parts: {
    readonly calls: CallService
    readonly recording: Pick<RecordingFeature, 'warnings'>
    readonly network: Pick<Network, 'warnings'>
    readonly office: Pick<CertificateOffice, 'warnings'>
    readonly trunks: Pick<TrunksFeature, 'warnings'>
    readonly overload: Pick<OverloadWatch, 'warnings'>
  },
) {
  const { calls, recording, network, office, trunks, overload } = parts
  const diskWatch = new DiskWatch({
    clock,
    folders: [configuration.data, configuration.journal ?? configuration.data],
    leastBytes: configuration.diskWarningBytes,
  })
  scope.add(() => diskWatch.close())
  await diskWatch.look()
  const clockWatch = new ClockWatch(clock, log)
  scope.add(() => clockWatch.close())
  const warnings = () => [
    ...diskWatch.warnings(),
    ...recording.warnings(),
    ...clockWatch.warnings(),
    ...store.warnings(),
    ...network.warnings(),
    ...office.warnings(),
    ...trunks.warnings(),
    ...overload.warnings(),
    ...faults.warnings(),
  ]
  let isDrained: () => void = () => {}
  const drained = new Promise<void>((resolve) => {
    isDrained = resolve
  })
  const channels = createChannels({
    clock,
    directory: store.directory,
    maxCalls: configuration.maxCalls,
    calls,
    recordingsOf: (companyId) => calls.recordings.countOf(companyId),
    compared: deliveredCatalogues.find(({ id }) => id === 'akio-tws')?.requirements ?? [],
  })
  scope.add(() => channels.close())
  const upkeep = createUpkeep({
    calls,
    clock,
    log,
    version,
    drainLimitMs: configuration.drainLimitMs,
    registrations: () => [...store.bindings.all()].length,
    warnings,
    onDrained: isDrained,
  })
  scope.add(() => upkeep.close())
  const load = new LoadWatch({
    clock,
    isDraining: () => calls.isDraining,
    calls: () => calls.count,
    maxCalls: configuration.maxCalls,
  })
  scope.add(() => load.close())
  return { warnings, drained, channels, upkeep, load }
}
