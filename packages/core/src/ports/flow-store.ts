import type { Brand, CallId, CompanyId, UserId } from '@vaxel/base'
import type { Flow } from '../flow/flow.ts'
import type { FlowExpected } from '../flow/run-case.ts'
import type { FlowGiven } from '../flow/simulate.ts'
import type { LedgerEvent, NumberedEvent } from './call-ledger.ts'

export type FlowId = Brand<'FlowId'>

/** A flow: what is drawn, and what is live. */
export interface KeptFlow {
  readonly id: FlowId
  readonly companyId: CompanyId
  readonly name: string
  /** Counts the changes of the draft. */
  readonly revision: number
  readonly changedAtMs: number
  readonly draft: Flow
  /** Absent: never published. */
  readonly live?: PublishedFlow
}

/** A publication; never changed. */
export interface PublishedFlow {
  readonly version: number
  readonly publishedAtMs: number
  readonly by?: UserId
  readonly note?: string
  readonly graph: Flow
}

/** A call that is kept as a test. */
export interface KeptFlowCase {
  readonly id: string
  readonly name: string
  readonly given: Omit<FlowGiven, 'exitThen' | 'nameOf'>
  readonly expected: FlowExpected
}

export interface KeptFlowSound {
  readonly id: string
  readonly companyId: CompanyId
  readonly name: string
  readonly sizeBytes: number
  readonly durationMs: number
  readonly uploadedAtMs: number
}

/** A value of `Authorization` that is sent to one host. */
export interface KeptFlowCredential {
  readonly companyId: CompanyId
  readonly name: string
  readonly host: string
  readonly changedAtMs: number
}

/**
 * Flows on disk. Flows, sounds and credentials are in memory too, whole: calls read them with every step. Writes resolve when durable,
 * with the event that tells of them; what is read changes then, not before.
 */
export interface FlowStore {
  flow(companyId: CompanyId, id: string): KeptFlow | undefined
  flowsOf(companyId: CompanyId): readonly KeptFlow[]
  /** Its name and draft; what is live stays. */
  put(flow: KeptFlow, event?: LedgerEvent): Promise<void>
  /** Writes the version, and makes it what is live. */
  publish(flow: KeptFlow & { readonly live: PublishedFlow }, event: LedgerEvent): Promise<void>
  remove(flow: KeptFlow, event: LedgerEvent): Promise<void>
  /** Latest first. */
  versions(id: FlowId, limit: number): Promise<readonly PublishedFlow[]>
  version(id: FlowId, version: number): Promise<PublishedFlow | undefined>
  cases(id: FlowId): Promise<readonly KeptFlowCase[]>
  putCase(id: FlowId, kept: KeptFlowCase): Promise<void>
  removeCase(id: FlowId, caseId: string): Promise<void>
  soundsOf(companyId: CompanyId): readonly KeptFlowSound[]
  sound(companyId: CompanyId, id: string): KeptFlowSound | undefined
  putSound(sound: KeptFlowSound, bytes: Uint8Array, event: LedgerEvent): Promise<void>
  removeSound(sound: KeptFlowSound, event: LedgerEvent): Promise<void>
  /** Absolute. */
  soundPath(sound: KeptFlowSound): string
  readSound(sound: KeptFlowSound, start: number, end: number): AsyncIterable<Uint8Array>
  credentialsOf(companyId: CompanyId): readonly KeptFlowCredential[]
  putCredential(credential: KeptFlowCredential, value: string, event: LedgerEvent): Promise<void>
  removeCredential(credential: KeptFlowCredential, event: LedgerEvent): Promise<void>
  /** The value itself, for sending. */
  credential(companyId: CompanyId, name: string): Promise<{ readonly host: string; readonly value: string } | undefined>
  /** What voice services told the timelines of these calls, in order. */
  notesOf(callIds: readonly CallId[]): Promise<readonly NumberedEvent[]>
}
