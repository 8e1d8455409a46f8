import { type ComponentType, Suspense, useMemo } from 'react'
import { late } from '../app/late.ts'
import { allWords } from '../app/speech-choice.ts'
import type { Route, ScreenProps, WebFeature } from '../app/feature.ts'
import { Link } from '../app/link.tsx'
import { matchRoute, type RouteParams } from '../app/router.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Page, VisuallyHidden } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { Guarded } from './guarded.tsx'
import css from './shell.module.css'

const screens = new Map<Route, ComponentType<ScreenProps>>()

/** The route that a path leads to, and what the path says. */
export function findRoute(
  features: readonly WebFeature[],
  path: string,
): { route: Route; params: RouteParams } | undefined {
  for (const { routes } of features)
    for (const route of routes ?? []) {
      const params = matchRoute(route.pattern, path)
      if (params) return { route, params }
    }
  return undefined
}

/** The screen of the page where the person is. */
export function Outlet({ features }: { readonly features: readonly WebFeature[] }) {
  const { path } = useValue(useApp().router.location)
  const found = useMemo(() => findRoute(features, path), [features, path])
  const { shell } = useWords()
  if (!found)
    return (
      <Page title={shell.notFound}>
        <Link to="/">{shell.goHome}</Link>
      </Page>
    )
  const Screen = screenOf(found.route)
  return (
    <Guarded key={found.route.pattern}>
      <Suspense fallback={<Waiting />}>
        <Screen params={found.params} />
      </Suspense>
    </Guarded>
  )
}

function screenOf(route: Route): ComponentType<ScreenProps> {
  const known = screens.get(route)
  if (known) return known
  const made = late(async () => {
    const [{ Screen }] = await Promise.all([route.load(), route.isEarly ? undefined : allWords()])
    return Screen
  })
  screens.set(route, made)
  return made
}

function Waiting() {
  const { shell } = useWords()
  return (
    <div className={css.waiting} role="status">
      <VisuallyHidden>{shell.loading}</VisuallyHidden>
    </div>
  )
}
