import type { Refusal, RefusalKind } from '@vaxel/base'
import Type, { type Static, type TObject, type TProperties, type TSchema } from 'typebox'
import { Id } from './objects/common.ts'
import {
  ContentTooLarge,
  CrossSite,
  InvalidRequest,
  NotAllowed,
  NotAuthenticated,
  NotComplete,
  NotFound,
  ProofNeeded,
} from './errors.ts'

/**
 * Who may ask. `anyone` needs no token. The others are roles, each with what those before it may;
 * `operator` stands above companies.
 */
export type Access = 'anyone' | 'user' | 'attendant' | 'supervisor' | 'administrator' | 'operator'

/** One thing that the API can do: the server's checks, OpenAPI, clients and documentation are made from it. */
export interface Operation<
  Params extends TProperties = TProperties,
  Query extends TProperties = TProperties,
  Body extends TSchema | undefined = TSchema | undefined,
  Reply extends TSchema | undefined = TSchema | undefined,
> {
  /** Stable, camel case. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** With parameters in braces: `/api/v1/users/{userId}`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly access: Access
  readonly params: TObject<Params>
  readonly query: TObject<Query>
  readonly body: Body
  readonly status: 200 | 201 | 202 | 204
  readonly reply: Reply
  /** Largest body; what the server takes of all others if absent. */
  readonly bodyLimitBytes?: number
  /** What it may refuse, besides what every operation of its kind may. */
  readonly errors: readonly RefusalKind[]
  /** Also open to a login that must first set a password or a second factor; every other operation is not. */
  readonly isOpenToIncomplete: boolean
  /** Whoever asks must have proven who they are within the last ten minutes: everyone, or people in browsers only. */
  readonly proof: 'none' | 'in browsers' | 'always'
}

/** The query parameter with which an operator acts in another company. */
const acting = {
  companyId: Type.Optional({
    ...Id('For the operator: the company to act in; by default the own one.'),
  }),
}

interface Definition<
  P extends TProperties,
  Q extends TProperties,
  B extends TSchema | undefined,
  R extends TSchema | undefined,
> {
  id: string
  method: Operation['method']
  path: string
  tag: string
  summary: string
  description?: string
  access: Access
  params?: P
  query?: Q
  body?: B
  status?: Operation['status']
  reply?: R
  bodyLimitBytes?: number
  errors?: readonly RefusalKind[]
  isOpenToIncomplete?: boolean
  proof?: Operation['proof']
}

/** Declares an operation; unknown fields are refused everywhere. */
export function operation<
  P extends TProperties = Record<never, never>,
  Q extends TProperties = Record<never, never>,
  B extends TSchema | undefined = undefined,
  R extends TSchema | undefined = undefined,
>(definition: Definition<P, Q, B, R>): Operation<P, Q, B, R> {
  const { params, query, body, reply, status, errors = [], access, ...rest } = definition
  const { isOpenToIncomplete = false, proof = 'none' } = definition
  const closed = { additionalProperties: false }
  const mayAct = access !== 'anyone' && !(params && 'companyId' in params)
  return {
    ...rest,
    access,
    params: Type.Object(params ?? ({} as P), closed),
    query: Type.Object({ ...(mayAct ? acting : {}), ...query } as unknown as Q, closed),
    body: body as B,
    reply: reply as R,
    status: status ?? (reply ? 200 : 204),
    errors: [
      ...usualErrors(access, params, body, rest.method !== 'GET'),
      ...(access === 'anyone' || isOpenToIncomplete ? [] : [NotComplete]),
      ...(proof === 'none' ? [] : [ProofNeeded]),
      ...errors,
    ],
    isOpenToIncomplete,
    proof,
  }
}

function usualErrors(
  access: Access,
  params: TProperties | undefined,
  body: TSchema | undefined,
  changes: boolean,
): RefusalKind[] {
  const usual: RefusalKind[] = [InvalidRequest]
  if (access !== 'anyone') usual.push(NotAuthenticated)
  if (access !== 'anyone' && access !== 'user') usual.push(NotAllowed)
  if (access !== 'anyone' && changes) usual.push(CrossSite)
  if (params || access !== 'anyone') usual.push(NotFound)
  if (body) usual.push(ContentTooLarge)
  return usual
}

/** Who asks, once the token has been checked. */
export interface Principal {
  readonly sessionId: string
  readonly userId: string
  /** The company that the request acts in. */
  readonly companyId: string
  readonly role: 'user' | 'attendant' | 'supervisor' | 'administrator'
  readonly isOperator: boolean
  /** What the login must bring before it may do anything else; absent: nothing. */
  readonly needs?: readonly LoginNeed[]
  /** They have proven who they are within the last ten minutes. Absent: not asked. */
  readonly isFresh?: boolean
  /** The session is a browser's, held in a cookie. */
  readonly isBrowser?: boolean
  /** The request comes from a program on the server's own machine. */
  readonly isThisMachine?: boolean
}

/** A password of one's own in place of one that somebody else has made; a second factor, which the company wants. */
export type LoginNeed = 'new-password' | 'second-factor'

/** What the web's door keeps in cookies: the session, and the thread of a login that has gone to another provider. */
export type CookieKind = 'session' | 'sso'

/** The client's side of a request, for what is about logins. */
export interface RequestClient {
  /** Scheme, host and port by which the client knows us: `https://pbx.example:8443`. */
  readonly origin: string
  /** What it calls itself. */
  readonly agent: string | undefined
  /** The token of `Authorization: Bearer`, whatever it opens; a session's is checked before. */
  readonly bearer: string | undefined
  /** A page of our own asks, as far as the browser says so. */
  readonly isSameOrigin: boolean
  /** A program on the server's own machine asks for itself. */
  readonly isThisMachine: boolean
  cookie(kind: CookieKind): string | undefined
  /** `undefined` takes it back. */
  setCookie(kind: CookieKind, value: string | undefined, lifetimeSeconds?: number): void
}

type StaticOrNothing<T> = T extends TSchema ? Static<T> : undefined

/** A checked request. */
export interface OperationRequest<O extends Operation> {
  readonly params: Static<O['params']>
  readonly query: Static<O['query']>
  readonly body: StaticOrNothing<O['body']>
  readonly principal: O['access'] extends 'anyone' ? Principal | undefined : Principal
  /** IP literal of the client. */
  readonly address: string
  readonly client: RequestClient
}

export type OperationReply<O extends Operation> = StaticOrNothing<O['reply']>

/** An operation with the function that performs it. */
export interface OperationHandler {
  readonly operation: Operation
  perform(request: OperationRequest<Operation>): Promise<unknown>
}

/** Binds an operation to what performs it; the types of request and reply come from its schemas. */
export function perform<O extends Operation>(
  on: O,
  handler: (
    request: Omit<OperationRequest<O>, 'principal'> & { principal: Principal },
  ) => OperationReply<O> | Refusal | Promise<OperationReply<O> | Refusal>,
): OperationHandler {
  return {
    operation: on,
    perform: async (request) => handler(request as unknown as Parameters<typeof handler>[0]),
  }
}
