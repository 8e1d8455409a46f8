import type { Plugin } from 'esbuild'
import { operations } from '@vaxel/contract'

/** What a page asks for while it starts, or in the first call; the others are fetched a moment later, in a file of their own. */
const first: ReadonlySet<string> = new Set([
  'commandCall',
  'commandConference',
  'endSession',
  'listCallBacks',
  'listCallsToPickUp',
  'listConversations',
  'listDevices',
  'listLiveCalls',
  'listMyGroups',
  'listMyMailChannels',
  'listMyMailboxes',
  'listParkedCalls',
  'listPresence',
  'loginWithPassword',
  'openPhone',
  'readAgentMembership',
  'readConference',
  'readFavourites',
  'readLoginWays',
  'readMe',
  'readMissedCalls',
  'readMyPresence',
  'readPush',
  'readSsoLogout',
  'readTelephoneFeatures',
  'searchDirectory',
])

const tableOf = (wanted: typeof operations): string =>
  JSON.stringify(Object.fromEntries(wanted.map(({ id, method, path }) => [id, [method, path]])))

/**
 * `vaxel:operations`: method and path of each operation, without the schemas, which only the server needs.
 * `vaxel:first-operations`: of those alone that a page needs to start.
 */
export const operationsModule: Plugin = {
  name: 'operations',
  setup(build) {
    const early = operations.filter(({ id }) => first.has(id))
    if (early.length !== first.size) throw new Error('an operation of the start is not in the contract')
    build.onResolve({ filter: /^vaxel:(first-)?operations$/ }, ({ path }) => ({ path, namespace: 'vaxel-operations' }))
    build.onLoad({ filter: /.*/, namespace: 'vaxel-operations' }, ({ path }) => {
      const wanted = path === 'vaxel:operations' ? operations : early
      return { contents: `export const operations = ${tableOf(wanted)}` }
    })
  },
}

/** `vaxel:build`: which sources this was built from. */
export const buildModule = (buildId: string): Plugin => ({
  name: 'build',
  setup(build) {
    build.onResolve({ filter: /^vaxel:build$/ }, ({ path }) => ({ path, namespace: 'vaxel-build' }))
    build.onLoad({ filter: /.*/, namespace: 'vaxel-build' }, () => ({
      contents: `export const buildId = ${JSON.stringify(buildId)}`,
    }))
  },
})
