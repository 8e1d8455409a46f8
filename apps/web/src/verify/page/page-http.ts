import { operations } from 'vaxel:operations'
import { ApiFault, type OperationId, type ReplyOf, type RequestOf } from '../../api/api.ts'
import { httpApi } from '../../api/http-api.ts'
import type { CheckSession } from '../check-session.ts'
import type { Http, Refused } from '../ports.ts'

/** Longer without an answer is no answer. */
const limitMs = 12_000
const againMs = 700

/** The check session over fetch, on the page's own origin; the check's key is the bearer of what follows. */
export function pageHttp(): Http {
  let key: string | undefined
  const api = httpApi({
    operations,
    // What ends a check is sent although its page is gone.
    fetch: (target, options) => fetch(target, { ...options, keepalive: options?.method === 'DELETE' }),
    token: () => key,
  })
  async function ask<K extends OperationId>(id: K, request: RequestOf<K>): Promise<ReplyOf<K> | Refused> {
    const answer = await askOnce(id, request)
    if (!isLost(answer)) return answer
    // Laptops change networks, and browsers break off what they load when an address comes or goes.
    await new Promise((resolve) => window.setTimeout(resolve, againMs))
    return await askOnce(id, request)
  }
  async function askOnce<K extends OperationId>(id: K, request: RequestOf<K>): Promise<ReplyOf<K> | Refused> {
    const abort = new AbortController()
    const timer = window.setTimeout(() => abort.abort(), limitMs)
    try {
      return await (
        api.call as (id: K, request: RequestOf<K>, options: { signal: AbortSignal }) => Promise<ReplyOf<K>>
      )(id, request, { signal: abort.signal })
    } catch (error) {
      return refusedBy(error)
    } finally {
      window.clearTimeout(timer)
    }
  }
  const params = ({ checkId }: CheckSession) => ({ checkId })
  return {
    async startCheck(invitation) {
      key = undefined
      const session = await ask('startSiteCheck', { body: invitation === undefined ? {} : { invitation } })
      if (!('refused' in session)) key = session.echo.key
      return session
    },
    openStream: (session, port, offer) => ask('startSiteStream', { params: params(session), body: { port, offer } }),
    readStream: (session, streamId) => ask('readSiteStream', { params: { ...params(session), streamId } }),
    endStream: (session, streamId) => void ask('endSiteStream', { params: { ...params(session), streamId } }),
    endCheck: (session) => void ask('endSiteCheck', { params: params(session) }),
    async openPort(session, port) {
      const answer = await ask('openSiteEchoPorts', { params: params(session), body: { ports: [port] } })
      if ('refused' in answer && !('open' in answer)) return answer
      const why = answer.refused.find((one) => one.port === port)?.why
      return why === undefined ? undefined : { refused: { status: 409, code: 'SITE_PORT_NOT_OPEN', title: why } }
    },
    async readRequirements({ catalogue }) {
      const answer = await ask('readSiteCatalogue', {
        params: { catalogueId: catalogue.id },
        query: { version: catalogue.version },
      })
      return 'refused' in answer ? answer : answer.requirements
    },
    sendReport: (invitation, report) => ask('sendReportByLink', { body: { invitation, report } }),
  }
}

/** No answer at all, and sooner than the limit. */
const isLost = (answer: unknown): boolean =>
  typeof answer === 'object' &&
  answer !== null &&
  'refused' in answer &&
  (answer as Refused).refused.code === 'UNREACHABLE' &&
  !(answer as Refused).refused.title.includes('Abort')

function refusedBy(error: unknown): Refused {
  if (!(error instanceof ApiFault)) return { refused: { status: 0, code: 'UNREACHABLE', title: String(error) } }
  const { status, code, message, retryAfterSeconds } = error
  return {
    refused: { status, code, title: message, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
  }
}
