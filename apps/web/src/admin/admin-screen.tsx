import { type ComponentType, Suspense, useMemo } from 'react'
import { late } from '../app/late.ts'
import type { ScreenProps } from '../app/feature.ts'
import { Link } from '../app/link.tsx'
import { useMe } from '../app/use-app.ts'
import { Icon } from '../look/index.ts'
import { Guarded } from '../shell/guarded.tsx'
import { useWords } from '../words/use-words.ts'
import css from './admin.module.css'
import type { SectionProps } from './section-props.ts'
import { type AdminSection, adminSections } from './sections.ts'

const drawn = new Map<AdminSection, ComponentType<SectionProps>>()

function componentOf(section: AdminSection): ComponentType<SectionProps> {
  const known = drawn.get(section)
  if (known) return known
  const made = late(async () => (await section.load()).Section)
  drawn.set(section, made)
  return made
}

/** Everything of a company that an administrator sees and changes. */
export function Screen({ params }: ScreenProps) {
  const words = useWords()
  const me = useMe()
  const sections = useMemo(() => adminSections.filter(({ isFor }) => isFor?.(me) ?? true), [me])
  const section = sections.find(({ id }) => id === params.section) ?? sections[0]!
  const Section = componentOf(section)
  return (
    <div className={css.layout}>
      <nav className={css.list} aria-label={words.admin.sectionList}>
        {sections.map(({ id, label, icon }) => (
          <Link key={id} to={`/admin/${id}`} className={css.entry} isCurrent={id === section.id}>
            <Icon name={icon} size={17} />
            {label(words)}
          </Link>
        ))}
      </nav>
      <div>
        <Guarded key={section.id}>
          <Suspense fallback={<div className={css.waiting} />}>
            <Section id={params.id} />
          </Suspense>
        </Guarded>
      </div>
    </div>
  )
}
