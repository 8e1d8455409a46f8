import type { Refusal, RefusalKind } from '@vaxel/base'
import Type, { type Static, type TObject, type TProperties, type TSchema } from 'typebox'
import { Id } from './objects/common.ts'
import { ContentTooLarge, InvalidRequest, NotAllowed, NotAuthenticated, NotFound } from './errors.ts'

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
  /** What it may refuse, besides what every operation of its kind may. */
  readonly errors: readonly RefusalKind[]
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
  errors?: readonly RefusalKind[]
}

/** Declares an operation; unknown fields are refused everywhere. */
export function operation<
  P extends TProperties = Record<never, never>,
  Q extends TProperties = Record<never, never>,
  B extends TSchema | undefined = undefined,
  R extends TSchema | undefined = undefined,
>(definition: Definition<P, Q, B, R>): Operation<P, Q, B, R> {
  const { params, query, body, reply, status, errors = [], access, ...rest } = definition
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
    errors: [...usualErrors(access, params, body), ...errors],
  }
}

function usualErrors(access: Access, params: TProperties | undefined, body: TSchema | undefined): RefusalKind[] {
  const usual: RefusalKind[] = [InvalidRequest]
  if (access !== 'anyone') usual.push(NotAuthenticated)
  if (access !== 'anyone' && access !== 'user') usual.push(NotAllowed)
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
