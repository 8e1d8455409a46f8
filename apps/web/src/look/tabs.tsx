import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs'
import css from './controls.module.css'

export interface TabPage {
  readonly id: string
  readonly label: string
  readonly content: ReactNode
}

/** Pages of which one is in sight. */
export function Tabs({
  label,
  pages,
  chosen,
  onChoose,
}: {
  readonly label: string
  readonly pages: readonly TabPage[]
  readonly chosen: string
  readonly onChoose: (id: string) => void
}) {
  return (
    <AriaTabs selectedKey={chosen} onSelectionChange={(id) => onChoose(String(id))} className={css.tabs!}>
      <TabList aria-label={label} className={css.tabList!}>
        {pages.map(({ id, label: text }) => (
          <Tab key={id} id={id} className={css.tab!}>
            {text}
          </Tab>
        ))}
      </TabList>
      {pages.map(({ id, content }) => (
        <TabPanel key={id} id={id}>
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
