import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { operations } from '@vaxel/contract'
import { type ApiPlatform, startApi } from './api-platform.ts'

describe('the web door', () => {
  let api: ApiPlatform
  before(async () => {
    api = await startApi()
  })
  after(() => api.close())

  it('says at / what runs and where the API is, in a page that loads nothing from elsewhere', async () => {
    const response = await fetch(api.url)
    const page = await response.text()
    assert.match(page, /<h1>Vaxel is running<\/h1>/)
    assert.match(page, /lang="en"/)
    assert.match(response.headers.get('content-security-policy')!, /frame-ancestors 'none'/)
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
  })

  it('serves every operation of the contract', async () => {
    const description = (await (await fetch(`${api.url}/api/openapi.json`)).json()) as {
      openapi: string
      paths: Record<string, Record<string, { operationId: string }>>
    }
    assert.equal(description.openapi, '3.1.0')
    const served = Object.values(description.paths).flatMap((path) => Object.values(path).map((o) => o.operationId))
    assert.deepEqual(served.sort(), [...operations.map(({ id }) => id), 'followEvents'].sort())
  })

  it('is healthy, and gives metrics to this machine', async () => {
    assert.equal((await api.client.ask('GET', '/healthz')).body.status, 'ok')
    const metrics = await fetch(`${api.url}/metrics`)
    assert.equal(metrics.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
    assert.equal(await metrics.text(), 'vaxel_up 1\n')
  })

  it('answers unknown paths and methods with problem details', async () => {
    const unknown = await api.client.ask('GET', '/api/v1/nothing')
    assert.equal(unknown.body.code, 'API_NOT_FOUND')
    const method = await api.client.ask('PUT', '/api/v1/users')
    assert.equal(method.status, 405)
    assert.equal(method.headers.get('allow'), 'GET, POST')
    const explained = await fetch(api.url + method.body.type)
    assert.equal(((await explained.json()) as { code: string }).code, 'API_METHOD_NOT_ALLOWED')
  })

  it('says that the event stream is a WebSocket', async () => {
    const { status, body, headers } = await api.client.ask('GET', '/api/v1/events')
    assert.deepEqual([status, body.code, headers.get('upgrade')], [426, 'API_UPGRADE_REQUIRED', 'websocket'])
  })

  it('needs a token for every operation but the few open ones', async () => {
    const open = operations.filter(({ access }) => access === 'anyone').map(({ id }) => id)
    assert.deepEqual(open.sort(), [
      'askForPasskey',
      'createSession',
      'endSiteCheck',
      'endSiteStream',
      'endVisitorChat',
      'finishSso',
      'keepSiteCheckReport',
      'leaveVisitorMessage',
      'listSiteCatalogues',
      'loginWithCode',
      'loginWithPasskey',
      'loginWithPassword',
      'mailVisitorTranscript',
      'openSiteEchoPorts',
      'openVisitorPhone',
      'readHealth',
      'readLoginWays',
      'readSharedCall',
      'readSiteCatalogue',
      'readSiteChanges',
      'readSiteEcho',
      'readSiteFeed',
      'readSiteSchema',
      'readSiteStream',
      'readVisitorChat',
      'readVisitorSite',
      'sendReportByLink',
      'sendVisitorMessage',
      'setUp',
      'startSiteCheck',
      'startSiteStream',
      'startSso',
      'startVisitorChat',
      'tellVisitorTyping',
      'useAccessLink',
    ])
    for (const operation of operations.filter(({ access }) => access !== 'anyone')) {
      const path = operation.path.replace(/\{\w+\}/g, 'x')
      const { status } = await api.client.ask(operation.method, path, operation.body ? {} : undefined)
      assert.equal(status, 401, operation.id)
    }
  })
})
