import type * as contract from '@vaxel/contract'
import type { Operation, OperationReply } from '@vaxel/contract'
import type { Static } from 'typebox'

type Contract = typeof contract

/** Every operation of the contract by its name there, which is its id. */
export type Operations = { [K in keyof Contract as Contract[K] extends Operation ? K : never]: Contract[K] }
export type OperationId = keyof Operations & string

type OperationOf<K extends OperationId> = Extract<Operations[K], Operation>
type BodyOf<O extends Operation> = O['body'] extends undefined ? undefined : Static<NonNullable<O['body']>>
type Given<Name extends string, T> = [T] extends [undefined]
  ? unknown
  : Record<never, never> extends T
    ? { readonly [N in Name]?: T }
    : { readonly [N in Name]: T }

/** What an operation is asked with: parameters of its path, query and body, as the contract has them. */
export type RequestOf<K extends OperationId> = Given<'params', Static<OperationOf<K>['params']>> &
  Given<'query', Static<OperationOf<K>['query']>> &
  Given<'body', BodyOf<OperationOf<K>>>

export type ReplyOf<K extends OperationId> = OperationReply<OperationOf<K>>

type Rest<K extends OperationId> =
  Record<never, never> extends RequestOf<K>
    ? [request?: RequestOf<K>, options?: CallOptions]
    : [request: RequestOf<K>, options?: CallOptions]

export interface CallOptions {
  readonly signal?: AbortSignal
}

/** The server's API. Rejects with an {@link ApiFault} whenever there is no answer of the kind that was hoped for. */
export interface Api {
  call<K extends OperationId>(id: K, ...rest: Rest<K>): Promise<ReplyOf<K>>
}

/** A refusal (RFC 9457 problem details), or no answer at all: `code` is then `UNREACHABLE` and the status 0. */
export class ApiFault extends Error {
  readonly code: string
  readonly status: number
  readonly detail: string | undefined
  /** What is wrong where, as JSON pointers into the body. */
  readonly mistakes: readonly { readonly path: string; readonly reason: string }[]
  readonly retryAfterSeconds: number | undefined

  constructor(fault: {
    code: string
    status: number
    title: string
    detail?: string
    mistakes?: readonly { readonly path: string; readonly reason: string }[]
    retryAfterSeconds?: number
  }) {
    super(fault.detail ?? fault.title)
    this.name = 'ApiFault'
    this.code = fault.code
    this.status = fault.status
    this.detail = fault.detail
    this.mistakes = fault.mistakes ?? []
    this.retryAfterSeconds = fault.retryAfterSeconds
  }

  /** Whether it may well work if tried again unchanged. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}
