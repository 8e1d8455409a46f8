import type { IncomingMessage, ServerResponse } from 'node:http'
import { declaredRefusals, type Logger, type Refusal } from '@vaxel/base'
import {
  ContentTooLarge,
  eventStreamPath,
  InternalError,
  InvalidRequest,
  MethodNotAllowed,
  makeOpenApi,
  NotFound,
  type OperationHandler,
  UnsupportedContent,
  UpgradeRequired,
} from '@vaxel/contract'
import type { CertificateDesk } from '@vaxel/core'
import { Fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from './http-library.ts'
import { type Authenticate, admit, credentialOf, reading } from './authenticate.ts'
import { isThisMachine } from './client-side.ts'
import { type LandingPage, landingPage } from './landing-page.ts'
import { serveOperations } from './operation-routes.ts'
import { serveCertificates } from './certificate-pages.ts'
import { problemOf } from './problem-reply.ts'
import { clientAddress, isSecure } from './proxies.ts'
import { pageStyle } from './page-style.ts'
import { kindOfAnswer, securityHeaders } from './security-headers.ts'
import { setupPage, setupScript } from './setup-page.ts'

export interface WebApplicationOptions {
  readonly handlers: readonly OperationHandler[]
  readonly authenticate: Authenticate
  /** Prometheus text. */
  readonly metrics?: () => Promise<string> | string
  readonly landing: LandingPage
  /** Serves what no operation and no page of ours claims, such as the portal's files; false when it has nothing there. */
  readonly serveOther?: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>
  /** Which build of the web app is served now; told with every answer of the API. */
  readonly clientBuild?: () => string | undefined
  /** Gives the root of the own authority to anyone, and answers ACME servers. */
  readonly certificates?: CertificateDesk
  /** Where else pages may connect to: origins of WebSockets. */
  readonly connectTo?: readonly string[]
  /** Bytes of a body; 256 KiB by default. */
  readonly bodyLimitBytes?: number
  readonly log: Logger
}

/** Routes, errors and header fields, without any listener. */
export async function makeWebApplication(options: WebApplicationOptions): Promise<FastifyInstance> {
  const { handlers, log, clientBuild, connectTo = [] } = options
  const app = Fastify({
    bodyLimit: options.bodyLimitBytes ?? 256 * 1024,
    // As it is on its way: a registration is named by what its telephone says, each sign in three.
    routerOptions: { maxParamLength: 15_000 },
    // What the router itself refuses: a parameter that is too long names nothing, an escape that is none cannot be read.
    frameworkErrors: (error, _request, reply) => {
      const refusal =
        error.code === 'FST_ERR_BAD_URL'
          ? refusalOf({ statusCode: 400, message: 'the path holds a wrong escape' })
          : NotFound()
      void sendProblem(reply as unknown as FastifyReply, refusal)
    },
  })
  parseJsonOnly(app)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headersOf(request, connectTo))
    if (request.url.startsWith('/api/')) {
      reply.header('cache-control', 'no-store')
      const build = clientBuild?.()
      if (build !== undefined) reply.header('x-vaxel-build', build)
    }
    const coding = request.headers['content-encoding']
    if (coding !== undefined && coding.toLowerCase() !== 'identity')
      return sendProblem(reply, UnsupportedContent('Send the body without Content-Encoding.'))
    return undefined
  })
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal.http >= 500) log.error('a request failed', { path: request.url, error: String(error) })
    return sendProblem(reply, refusal)
  })
  const paths = handlers.map(({ operation }) => ({ method: operation.method, pattern: patternOf(operation.path) }))
  app.setNotFoundHandler(async (request, reply) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (options.serveOther && isRead && !request.url.startsWith('/api/')) {
      setRawHeaders(request, reply, connectTo)
      if (await options.serveOther(request.raw, reply.raw)) return reply.hijack()
    }
    const path = request.url.split('?', 1)[0]!
    const allowed = paths.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    if (allowed.length === 0) return sendProblem(reply, NotFound())
    reply.header('allow', allowed.join(', '))
    return sendProblem(reply, MethodNotAllowed(`This path takes ${allowed.join(', ')}.`))
  })
  serveOperations(app, handlers, options)
  serveDocuments(app, options)
  if (options.certificates) serveCertificates(app, options.certificates)
  await app.ready()
  return app
}

function serveDocuments(
  app: FastifyInstance,
  { handlers, authenticate, metrics, landing, serveOther, connectTo = [] }: WebApplicationOptions,
): void {
  const operations = handlers.map(({ operation }) => operation)
  // Made when it is first asked for: it takes longer than anything else of a start.
  let description: string | undefined
  const page = landingPage(landing)
  if (!serveOther) app.get('/', (_, reply) => reply.type('text/html; charset=utf-8').send(page))
  app.get('/setup', async (request, reply) => {
    if (serveOther) {
      setRawHeaders(request, reply, connectTo)
      if (await serveOther(request.raw, reply.raw)) return reply.hijack()
    }
    return reply.type('text/html; charset=utf-8').send(setupPage)
  })
  app.get('/page.css', (_, reply) => reply.type('text/css; charset=utf-8').send(pageStyle))
  app.get('/setup.js', (_, reply) => reply.type('text/javascript; charset=utf-8').send(setupScript))
  app.get('/api/openapi.json', (_, reply) => {
    description ??= JSON.stringify(makeOpenApi(operations, landing.version), undefined, 1)
    return reply.type('application/json; charset=utf-8').send(description)
  })
  app.get(eventStreamPath, (_, reply) => sendProblem(reply.header('upgrade', 'websocket'), UpgradeRequired()))
  app.get('/api/errors/:code', (request, reply) => {
    const { code } = request.params as { code: string }
    const kind = declaredRefusals().find((declared) => declared.code === code)
    if (!kind) return sendProblem(reply, NotFound())
    const { http, sip, blame, text } = kind
    return reply.send({ code, http, sip, blame, text })
  })
  app.get('/metrics', async (request, reply) => {
    if (!isThisMachine(request.raw)) {
      const address = clientAddress(request.raw)
      const credential = credentialOf(request.raw)
      const admitted = admit(authenticate, reading('operator'), { credential, address, http: request.raw })
      if ('refused' in admitted) return sendProblem(reply, admitted)
    }
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send((await metrics?.()) ?? '')
  })
}

function headersOf(request: FastifyRequest, connectTo: readonly string[]): Readonly<Record<string, string>> {
  const { raw, url, headers } = request
  return securityHeaders({ kind: kindOfAnswer(url), isSecure: isSecure(raw), host: headers.host, connectTo })
}

/** For what is not answered through the framework. */
function setRawHeaders(request: FastifyRequest, reply: FastifyReply, connectTo: readonly string[]): void {
  reply.raw.setHeaders(new Map(Object.entries(headersOf(request, connectTo))))
}

/** JSON is the only body there is; an empty one is no body. */
function parseJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined)
    else void parse(request, body as string, done)
  })
}

function refusalOf(error: unknown): Refusal {
  const { code, statusCode, message } = error as { code?: string; statusCode?: number; message?: string }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return ContentTooLarge()
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return UnsupportedContent()
  if (statusCode === 400)
    return InvalidRequest('The request could not be read.', {
      mistakes: [{ path: '', reason: `is not readable: ${message ?? 'unknown'}` }],
    })
  return InternalError()
}

function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, body, headers } = problemOf(refusal)
  return reply.code(status).headers(headers).send(body)
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`)
