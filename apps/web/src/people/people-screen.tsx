import { Suspense, useEffect, useMemo } from 'react'
import { late } from '../app/late.ts'
import type { ScreenProps } from '../app/feature.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Button, classNames, IconButton, VisuallyHidden } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { ContactForm } from './contact-form.tsx'
import { FavouritesPanel } from './favourites-panel.tsx'
import css from './people.module.css'
import { PeopleList } from './people-list.tsx'
import { peopleServices } from './people-services.ts'
import { PersonPanel } from './person-panel.tsx'

// Seldom wanted.
const ImportDialog = late(async () => (await import('./admin/import-dialog.tsx')).ImportDialog)

/** Everybody whom one can reach: the list, and beside it a card or the people at hand. */
export function Screen({ params: { id } }: ScreenProps) {
  const app = useApp()
  const { people } = useWords()
  const { search, favourites } = useMemo(() => peopleServices(app), [app])
  const location = useValue(app.router.location)
  const { query } = location
  useEffect(() => search.follow(app.events), [search, app.events])
  useEffect(() => favourites.follow(app.events), [favourites, app.events])
  const isAdding = query.has('add')
  // Where there is room for one of the two only.
  const isAtHand = query.has('favourites')
  const leaveForm = () => app.router.replace('/people')
  return (
    <div className={classNames(css.screen, (id !== undefined || isAtHand) && css.hasPerson)}>
      {/* The list, which shows it, may be out of sight. */}
      <VisuallyHidden>
        <h1>{people.title}</h1>
      </VisuallyHidden>
      <section className={css.side} aria-label={people.list}>
        <header className={css.head}>
          <span className={css.title} aria-hidden>
            {people.title}
          </span>
          <div className={css.headTools}>
            <span className={css.narrow}>
              <IconButton icon="star" label={people.favourites} onPress={() => app.router.go('/people?favourites=1')} />
            </span>
            <span className={css.narrow}>
              <IconButton icon="person-add" label={people.addContact} onPress={() => app.actions.run('people.add')} />
            </span>
            <IconButton icon="upload" label={people.importing.title} onPress={() => app.actions.run('people.import')} />
            <span className={css.wide}>
              <Button icon="person-add" onPress={() => app.actions.run('people.add')}>
                {people.newTitle}
              </Button>
            </span>
          </div>
        </header>
        <PeopleList search={search} chosen={id} focusAt={query.has('find') ? location : undefined} />
      </section>
      <div className={css.main}>
        {id === undefined ? (
          <FavouritesPanel favourites={favourites} />
        ) : (
          <PersonPanel key={id} id={id} favourites={favourites} />
        )}
      </div>
      {query.has('import') && (
        <Suspense fallback={null}>
          <ImportDialog onClose={leaveForm} />
        </Suspense>
      )}
      {isAdding && (
        <ContactForm
          known={query.get('name') === null ? {} : { name: query.get('name')! }}
          onClose={leaveForm}
          onSaved={(made) => app.router.replace(`/people/${encodeURIComponent(made.id)}`)}
        />
      )}
    </div>
  )
}
