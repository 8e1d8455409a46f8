import { type ComponentType, Suspense, useMemo } from 'react'
import { late } from '../app/late.ts'
import type { ScreenProps, WebFeature } from '../app/feature.ts'
import { useFeatures } from '../app/features-context.ts'
import { Link } from '../app/link.tsx'
import { useMe } from '../app/use-app.ts'
import { Icon, Page } from '../look/index.ts'
import { Guarded } from '../shell/guarded.tsx'
import { useWords } from '../words/use-words.ts'
import css from './settings.module.css'

type SettingsSection = NonNullable<WebFeature['settings']>[number]

const drawn = new Map<SettingsSection, ComponentType>()

function componentOf(section: SettingsSection): ComponentType {
  const known = drawn.get(section)
  if (known) return known
  const made = late(async () => (await section.load()).Section)
  drawn.set(section, made)
  return made
}

/** All that somebody sets for themselves, a section at a time. */
export function Screen({ params }: ScreenProps) {
  const words = useWords()
  const me = useMe()
  const features = useFeatures()
  const sections = useMemo(
    () =>
      features
        .flatMap(({ settings = [] }) => settings)
        .filter(({ isFor }) => isFor?.(me) ?? true)
        .toSorted((a, b) => a.order - b.order),
    [features, me],
  )
  const section = sections.find(({ id }) => id === params.section) ?? sections[0]
  if (!section) return <Page title={words.settings.title}>{null}</Page>
  const Section = componentOf(section)
  return (
    <div className={css.layout}>
      <nav className={css.list} aria-label={words.settings.title}>
        {sections.map(({ id, title, icon }) => (
          <Link key={id} to={`/settings/${id}`} className={css.entry} isCurrent={id === section.id}>
            <Icon name={icon} size={17} />
            {title(words)}
          </Link>
        ))}
      </nav>
      <Page title={section.title(words)}>
        <div className={css.section}>
          <Guarded key={section.id}>
            <Suspense fallback={<div className={css.waiting} />}>
              <Section />
            </Suspense>
          </Guarded>
        </div>
      </Page>
    </div>
  )
}
