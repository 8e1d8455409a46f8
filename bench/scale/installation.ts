import type { Measured } from './measured.ts'

/** How people use it; each with where it is from. */
export const assumptions = {
  callsPerUserHour: 2.5,
  talkSeconds: 180,
  phonesPerUser: 1.5,
  refreshSeconds: 1800,
  recordedPart: 0.2,
  fullPart: 0.6,
  baseMemoryMib: 400,
  userMemoryKib: 4,
  coresPerNode: 16,
  memoryPerNodeGib: 32,
  workingDays: 250,
  busyHoursPerDay: 6,
} as const

/** What so many users need. Each number is one line of arithmetic in docs/scale.md. */
export interface Installation {
  readonly users: number
  readonly callsPerHour: number
  readonly callsPerSecond: number
  readonly callsAtOnce: number
  readonly registrations: number
  readonly registrationsPerSecond: number
  /** Of the main thread that does signalling, with the share that may be full. */
  readonly signallingCores: number
  readonly plainCores: number
  readonly recordedCores: number
  readonly mediaCores: number
  readonly cores: number
  readonly memoryGib: number
  readonly nodesForSignalling: number
  readonly nodesForCores: number
  readonly nodesForMemory: number
  /** With one more, so that any of them may fail. */
  readonly nodes: number
  readonly diskGibPerYear: number
}

export function installationFor(users: number, measured: Measured): Installation {
  const a = assumptions
  const callsPerHour = users * a.callsPerUserHour
  const callsPerSecond = callsPerHour / 3600
  const callsAtOnce = callsPerSecond * a.talkSeconds
  const registrations = users * a.phonesPerUser
  const registrationsPerSecond = registrations / a.refreshSeconds
  const signallingCores =
    ((registrationsPerSecond * measured['registrations.cpu']) / 1000 +
      (callsPerSecond * measured['calls.cpu']) / 1000) /
    a.fullPart
  const plainCores = (callsAtOnce * (1 - a.recordedPart)) / measured['media.srtp.calls'] / a.fullPart
  const recordedCores = (callsAtOnce * a.recordedPart) / recordedSrtp(measured) / a.fullPart
  const mediaCores = plainCores + recordedCores
  const cores = signallingCores + mediaCores
  const memoryKib =
    registrations * measured['memory.registration.resident'] +
    callsAtOnce * measured['memory.call.resident'] +
    users * a.userMemoryKib
  const memoryGib = memoryKib / 2 ** 20 + a.baseMemoryMib / 1024
  const nodesForSignalling = Math.ceil(signallingCores)
  const nodesForCores = Math.ceil(cores / a.coresPerNode)
  const nodesForMemory = Math.ceil(memoryGib / a.memoryPerNodeGib)
  return {
    users,
    callsPerHour,
    callsPerSecond,
    callsAtOnce,
    registrations,
    registrationsPerSecond,
    signallingCores,
    plainCores,
    recordedCores,
    mediaCores,
    cores,
    memoryGib,
    nodesForSignalling,
    nodesForCores,
    nodesForMemory,
    nodes: Math.max(nodesForSignalling, nodesForCores, nodesForMemory) + 1,
    diskGibPerYear: (callsPerHour * a.busyHoursPerDay * a.workingDays * measured['calls.disk']) / 2 ** 20,
  }
}

/** Calls with SRTP and recording on one core: what each costs adds up, 1/n = 1/srtp + 1/recorded - 1/relayed. */
export function recordedSrtp(measured: Measured): number {
  return (
    1 / (1 / measured['media.srtp.calls'] + 1 / measured['media.recorded.calls'] - 1 / measured['media.plain.calls'])
  )
}

/** What is full first when an installation grows. */
export function firstBottleneck({
  nodesForSignalling,
  nodesForCores,
  nodesForMemory,
}: Installation): 'signalling' | 'media' | 'memory' {
  if (nodesForMemory > Math.max(nodesForCores, nodesForSignalling)) return 'memory'
  return nodesForSignalling > nodesForCores ? 'signalling' : 'media'
}
