import type {
  OperationReply,
  readFlow,
  listFlows,
  listFlowVersions,
  listFlowSounds,
  simulateFlow,
} from '@vaxel/contract'
import {
  type Directory,
  type Finding,
  type Flow,
  type FlowPath,
  type KeptFlow,
  type KeptFlowSound,
  type Landing,
  type Language,
  type PublishedFlow,
  sayFinding,
  sayLanding,
  sayNote,
} from '@vaxel/core'

export type FlowView = OperationReply<typeof readFlow>
export type FlowGraph = FlowView['draft']
export type FlowEntry = OperationReply<typeof listFlows>['items'][number]
export type VersionView = OperationReply<typeof listFlowVersions>['items'][number]
export type SoundView = OperationReply<typeof listFlowSounds>['items'][number]
export type PathView = OperationReply<typeof simulateFlow>

/** The machine's and the API's flows are the same; what differs is that lists of one may be changed. */
const toGraph = (flow: Flow): FlowGraph => flow as unknown as FlowGraph
export const fromGraph = (graph: FlowGraph): Flow => graph as unknown as Flow

const iso = (ms: number): string => new Date(ms).toISOString()

/** Something is drawn that is not live. */
export const hasDraft = ({ draft, live }: KeptFlow): boolean =>
  !live || JSON.stringify(draft) !== JSON.stringify(live.graph)

export function numbersOf(directory: Directory, { companyId, id }: KeptFlow): string[] {
  return directory
    .numbersOf(companyId)
    .filter(({ target }) => target.kind === 'service' && target.service === 'flow' && target.id === id)
    .map(({ number }) => number)
    .sort()
}

/** @param liveErrors what a check of what is live finds now */
export function toEntry(flow: KeptFlow, directory: Directory, liveErrors: number): FlowEntry {
  const { id, name, live, changedAtMs } = flow
  return {
    id,
    name,
    numbers: numbersOf(directory, flow),
    ...(live ? { liveVersion: live.version, publishedAt: iso(live.publishedAtMs) } : {}),
    ...(liveErrors > 0 ? { liveErrors } : {}),
    hasDraft: hasDraft(flow),
    changedAt: iso(changedAtMs),
  }
}

export const toView = (flow: KeptFlow, directory: Directory, liveErrors: number): FlowView => ({
  ...toEntry(flow, directory, liveErrors),
  revision: flow.revision,
  draft: toGraph(flow.draft),
  ...(flow.live ? { live: toGraph(flow.live.graph) } : {}),
})

export function toVersionView(
  { version, publishedAtMs, by, note, graph }: PublishedFlow,
  live: number | undefined,
  directory: Directory,
): VersionView {
  const publishedBy = by && directory.user(by)?.displayName
  return {
    version,
    publishedAt: iso(publishedAtMs),
    ...(publishedBy === undefined ? {} : { publishedBy }),
    ...(note === undefined ? {} : { note }),
    nodes: graph.nodes.length,
    isLive: version === live,
  }
}

export const toSoundView = (sound: KeptFlowSound, isUsed: boolean): SoundView => ({
  id: sound.id,
  name: sound.name,
  sizeBytes: sound.sizeBytes,
  durationMs: sound.durationMs,
  uploadedAt: iso(sound.uploadedAtMs),
  isUsed,
})

export const toFindingView = (finding: Finding, language: Language) => ({
  severity: finding.severity,
  code: finding.code,
  ...(finding.nodeId === undefined ? {} : { nodeId: finding.nodeId }),
  ...(finding.exit === undefined ? {} : { exit: finding.exit }),
  params: { ...finding.params },
  text: sayFinding(finding, language),
})

export const toLandingView = (landing: Landing, language: Language): PathView['landing'] => ({
  kind: landing.kind,
  ...(landing.nodeId === undefined ? {} : { nodeId: landing.nodeId }),
  target: landing.target,
  text: sayLanding(landing, language),
})

export const toPathView = ({ steps, landing }: FlowPath, language: Language): PathView => ({
  steps: steps.map((step) => ({ ...step, params: { ...step.params }, text: sayNote(step, language) })),
  landing: toLandingView(landing, language),
})
