import type { ReactNode } from 'react'
import { useApp } from '../app/use-app.ts'
import { Mark } from '../shell/mark.tsx'
import { Segments } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { type Language, languages } from '../words/words.ts'
import css from './login.module.css'

/** The window before anybody is logged in: one question in the middle, the languages below. */
export function LoginFrame({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const { shell } = useWords()
  const app = useApp()
  return (
    <main className={css.place}>
      <div className={css.column}>
        <div className={css.brand}>
          <Mark size={32} />
          {shell.product}
        </div>
        <div className={css.panel}>
          <h1>{title}</h1>
          {lead && <p className={css.lead}>{lead}</p>}
          {children}
        </div>
        <div className={css.languages}>
          <Segments
            label={shell.language}
            choices={languages.map(({ id, name }) => ({ id, label: name }))}
            value={app.speech.language}
            onChange={(language: Language) => void app.speech.choose(language)}
          />
        </div>
      </div>
    </main>
  )
}
