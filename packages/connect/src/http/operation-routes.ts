import { isRefusal, type Logger, type Mistake, type Refusal } from '@vaxel/base'
import {
  bytesOf,
  type Check,
  compileCheck,
  InternalError,
  InvalidRequest,
  NotFound,
  type Operation,
  type OperationHandler,
  type Principal,
  type RepliedBytes,
  type RepliedFile,
  type RequestClient,
  takesBytes,
  UnsupportedContent,
} from '@vaxel/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from './http-library.ts'
import { type Authenticate, admit, bearerOf, credentialOf, isFromOurPage } from './authenticate.ts'
import { cookieOf, isThisMachine, originOf, setCookie } from './client-side.ts'
import { decodeQuery } from './decode-query.ts'
import { clientAddress } from './proxies.ts'
import { parseBytes } from './parse-bytes.ts'
import { problemOf } from './problem-reply.ts'
import { sendBytes } from './send-bytes.ts'
import { sendFile } from './send-file.ts'

interface Checks {
  readonly params: Check
  readonly query: Check
  readonly body: Check | undefined
}

/** Serves operations: token, role, schema, then what performs it; an answer or problem details. */
export function serveOperations(
  app: FastifyInstance,
  handlers: readonly OperationHandler[],
  { authenticate, log }: { authenticate: Authenticate; log: Logger },
): void {
  parseBytes(app)
  for (const handler of handlers) {
    const { operation } = handler
    const checks: Checks = {
      params: compileCheck(operation.params),
      query: compileCheck(operation.query),
      body: operation.body && !takesBytes(operation.body) ? compileCheck(operation.body) : undefined,
    }
    app.route({
      method: operation.method,
      url: operation.path.replace(/\{(\w+)\}/g, ':$1'),
      config: { takesBytes: takesBytes(operation.body) },
      ...(operation.bodyLimitBytes === undefined ? {} : { bodyLimit: operation.bodyLimitBytes }),
      handler: async (request, reply) => {
        const answer = await answerRequest(handler, checks, authenticate, request, reply).catch((error: unknown) => {
          log.error('an operation failed', { operation: operation.id, error: stackOf(error) })
          return InternalError()
        })
        if (bytesOf(operation.reply) && !isRefusal(answer) && 'read' in (answer as object))
          return sendFile(request, reply, answer as RepliedFile, log)
        if (bytesOf(operation.reply) && !isRefusal(answer))
          return sendBytes(reply, answer as RepliedBytes, request.headers['if-none-match'])
        return send(reply, operation, answer)
      },
    })
  }
}

async function answerRequest(
  { operation, perform }: OperationHandler,
  checks: Checks,
  authenticate: Authenticate,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const address = clientAddress(request.raw)
  const query = decodeQuery(request.query as Record<string, unknown>, operation.query)
  const params = request.params as Record<string, unknown>
  let principal: Principal | undefined
  if (operation.access !== 'anyone') {
    const companyId = textOf('companyId' in params ? params.companyId : query.value.companyId)
    const asked = { ...operation, changes: operation.method !== 'GET' }
    const credential = credentialOf(request.raw)
    const admitted = admit(authenticate, asked, { credential, companyId, address, http: request.raw })
    if (isRefusal(admitted)) return admitted
    principal = admitted
  }
  // An absent body is an empty one, so that the refusal can name every field that is missing.
  const body = operation.body ? (request.body ?? {}) : undefined
  const refusal = check(operation, checks, { params, query, body })
  if (refusal) return refusal
  if (takesBytes(operation.body) && !Buffer.isBuffer(body))
    return UnsupportedContent('Send the file itself as application/octet-stream.')
  return perform({
    params,
    query: query.value,
    body,
    principal: principal as Principal,
    address,
    client: clientOf(request, reply),
  } as unknown as Parameters<OperationHandler['perform']>[0])
}

const longestAgent = 300

function clientOf({ raw }: FastifyRequest, reply: FastifyReply): RequestClient {
  return {
    origin: originOf(raw) ?? '',
    agent: raw.headers['user-agent']?.slice(0, longestAgent),
    bearer: bearerOf(raw),
    isSameOrigin: isFromOurPage(raw),
    isThisMachine: isThisMachine(raw),
    cookie: (kind) => cookieOf(raw, kind),
    setCookie: (kind, value, lifetimeSeconds) =>
      void reply.header('set-cookie', setCookie(raw, kind, value, lifetimeSeconds)),
  }
}

function check(
  operation: Operation,
  checks: Checks,
  { params, query, body }: { params: unknown; query: ReturnType<typeof decodeQuery>; body: unknown },
): Refusal | undefined {
  const wrongParams = checks.params.mistakes(params)
  // An identifier that cannot be one names nothing; a wrong word out of a few is a mistake to tell.
  if (wrongParams.some(({ path }) => !isWord(operation.params, path))) return NotFound()
  const mistakes: Mistake[] = [
    ...wrongParams.map(({ path, reason }) => ({ path: `{${path.slice(1)}}`, reason })),
    ...query.mistakes,
    ...checks.query.mistakes(query.value).map(({ path, reason }) => ({ path: `?${path.slice(1)}`, reason })),
    ...(checks.body ? checks.body.mistakes(body) : []),
  ]
  return mistakes.length > 0 ? InvalidRequest(undefined, { mistakes }) : undefined
}

const isWord = (params: Operation['params'], path: string): boolean =>
  'enum' in (params.properties[path.slice(1)] ?? {})

function send(reply: FastifyReply, operation: Operation, answer: unknown): FastifyReply {
  if (isRefusal(answer)) {
    const { status, body, headers } = problemOf(answer)
    return reply.code(status).headers(headers).send(body)
  }
  reply.code(operation.status)
  if (!operation.reply) return reply.send()
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer))
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
