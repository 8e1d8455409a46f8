import { Suspense, useEffect, useMemo } from 'react'
import type { WebFeature } from '../app/feature.ts'
import { Link } from '../app/link.tsx'
import { useApp, useMe } from '../app/use-app.ts'
import { constant, derive, type Value } from '../base/cell.ts'
import { useValue } from '../base/use-value.ts'
import { classNames, Icon, IconButton, Menu } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { AccountMenu } from './account-menu.tsx'
import { Connection } from './connection.tsx'
import { Guarded } from './guarded.tsx'
import { Mark } from './mark.tsx'
import { Outlet } from './outlet.tsx'
import { Palette } from './palette.tsx'
import type { Place } from '../app/feature.ts'
import { shellActions } from './shell-actions.ts'
import css from './shell.module.css'

const none = constant(0)
/** Places that a phone's width has room for; the others are behind one of them. */
const mostOnPhone = 5

/** Paths of the places that are not there now. */
const hiddenOf = (places: readonly Place[]): Value<string> =>
  derive(
    places.flatMap(({ isShown }) => isShown ?? []),
    () =>
      places
        .filter(({ isShown }) => isShown?.get() === false)
        .map(({ path }) => path)
        .join(' '),
  )

/** What is around every screen: navigation, the bar, what goes on at the side. */
export function Shell({ features }: { readonly features: readonly WebFeature[] }) {
  const { shell } = useWords()
  const me = useMe()
  const all = useMemo(() => features.flatMap((feature) => feature.places ?? []), [features])
  const hidden = useValue(useMemo(() => hiddenOf(all), [all]))
  const places = useMemo(
    () =>
      all
        .filter(({ path, isFor }) => (isFor?.(me) ?? true) && !hidden.split(' ').includes(path))
        .sort((a, b) => a.order - b.order),
    [all, hidden, me],
  )
  const app = useApp()
  const { router } = app
  const { path } = useValue(router.location)
  const home = places[0]?.path
  useEffect(() => {
    if (path === '/' && home !== undefined) router.replace(home)
  }, [path, home, router])
  useEffect(() => app.actions.add(...shellActions(app, places)), [app, places])
  const bar = features.flatMap((feature) => (feature.bar ? [{ id: feature.id, ...feature.bar }] : []))
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content">
        {shell.skipToContent}
      </a>
      <nav className={css.rail} aria-label={shell.navigation}>
        <Link to="/" className={css.brand} label={shell.product}>
          <Mark />
          <span className={css.brandText}>{shell.product}</span>
        </Link>
        {places.map((place, index) => (
          <PlaceLink key={place.path} place={place} isLess={places.length > mostOnPhone && index >= mostOnPhone - 1} />
        ))}
        {places.length > mostOnPhone && <MorePlaces places={places.slice(mostOnPhone - 1)} />}
      </nav>
      <header className={css.bar}>
        <span className={css.barOnly}>
          <Mark size={24} />
        </span>
        <div className={css.barFill}>
          {bar
            .sort((a, b) => a.order - b.order)
            .map(({ id, Part }) => (
              <Guarded key={id}>
                <Suspense fallback={null}>
                  <Part />
                </Suspense>
              </Guarded>
            ))}
        </div>
        <Palette />
        <AccountMenu />
      </header>
      <main className={css.body} id="content" tabIndex={-1}>
        <Connection />
        <Outlet features={features} />
      </main>
      {features.map(({ id, Dock }) => Dock && <DockSide key={id} Dock={Dock} />)}
      {features.map(
        ({ id, Overlay }) =>
          Overlay && (
            <Guarded key={id}>
              <Overlay />
            </Guarded>
          ),
      )}
    </div>
  )
}

function DockSide({ Dock }: { readonly Dock: NonNullable<WebFeature['Dock']> }) {
  return (
    <Guarded>
      <Suspense fallback={null}>
        <Dock />
      </Suspense>
    </Guarded>
  )
}

/** What a phone's width has no room for. */
function MorePlaces({ places }: { readonly places: readonly Place[] }) {
  const words = useWords()
  const { router } = useApp()
  return (
    <span className={css.more}>
      <Menu
        label={words.shell.more}
        trigger={<IconButton icon="menu" label={words.shell.more} />}
        groups={[
          {
            id: 'more',
            entries: places.map(({ path, label, icon }) => ({
              id: path,
              label: label(words),
              icon,
              onAction: () => router.go(path),
            })),
          },
        ]}
      />
    </span>
  )
}

function PlaceLink({ place, isLess }: { readonly place: Place; readonly isLess: boolean }) {
  const words = useWords()
  const { path } = useValue(useApp().router.location)
  const count = useValue(place.count ?? none)
  const isHere = path === place.path || path.startsWith(`${place.path}/`)
  const label = place.label(words)
  return (
    <Link to={place.path} className={classNames(css.place, isLess && css.placeLess)} isCurrent={isHere}>
      <Icon name={place.icon} size={20} />
      <span className={css.placeText}>{label}</span>
      {count > 0 && <span className={css.count}>{count > 99 ? '99+' : count}</span>}
    </Link>
  )
}
