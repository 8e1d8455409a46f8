import '../page/fill-in.ts'
import '../look/tokens.css'
import './verify.css'
import { buildId } from 'vaxel:build'
import type { Language } from '@vaxel/site'
import { keptIn } from '../base/storage.ts'
import { storageOf } from '../page/browser.ts'
import { pageHttp } from './page/page-http.ts'
import { pagePeers } from './page/page-peers.ts'
import { PageSound } from './page/page-sound.ts'
import { pageSockets } from './page/page-sockets.ts'
import { CheckRun } from './run-checks.ts'
import { drawPage } from './view/page-view.ts'

const known: readonly Language[] = ['en', 'sv', 'fr']

function start(): void {
  const kept = keptIn(storageOf('localStorage'))
  const theme = kept.get<string>('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  const query = new URLSearchParams(location.search)
  const fragment = new URLSearchParams(location.hash.slice(1))
  const invitation = fragment.get('invitation') ?? query.get('invitation') ?? undefined
  const wished = [query.get('language'), kept.get<string>('language'), ...navigator.languages]
  const language = wished.map((tag) => known.find((one) => tag?.toLowerCase().startsWith(one))).find(Boolean) ?? 'en'
  const sound = new PageSound()
  const run = new CheckRun({
    ports: {
      clock: {
        now: () => Date.now(),
        monotonicMs: () => performance.now(),
        startTimer: (delayMs, callback) => {
          const timer = window.setTimeout(callback, delayMs)
          return { stop: () => window.clearTimeout(timer) }
        },
      },
      http: pageHttp(),
      peers: pagePeers(sound),
      sockets: pageSockets,
      random: Math.random,
    },
    page: {
      host: location.hostname.replace(/^\[|\]$/g, ''),
      port: Number(location.port) || (location.protocol === 'https:' ? 443 : 80),
      isSecure: location.protocol === 'https:',
    },
    userAgent: navigator.userAgent,
    version: buildId,
  })
  addEventListener('pagehide', () => run.leave())
  drawPage(
    {
      root: document.getElementById('app')!,
      run,
      sound,
      segment: (query.get('segment') ?? '').slice(0, 80),
      ports: (query.get('ports') ?? '').slice(0, 80),
      ...(invitation === undefined ? {} : { invitation }),
      keepLanguage: (chosen) => kept.set('language', chosen),
    },
    language,
  )
}

start()
