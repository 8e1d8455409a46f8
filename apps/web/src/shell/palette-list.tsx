import { Autocomplete } from 'react-aria-components/Autocomplete'
import { useFilter } from 'react-aria-components/ComboBox'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Text } from 'react-aria-components/Text'
import type { ReactNode } from 'react'
import type { Action } from '../app/actions.ts'
import { useApp } from '../app/use-app.ts'
import { Icon } from '../look/index.ts'
import controls from '../look/controls.module.css'
import { useWords } from '../words/use-words.ts'
import css from './shell.module.css'

export interface PaletteListProps {
  readonly listed: readonly Action[]
  readonly text: string
  readonly onText: (text: string) => void
  readonly onDone: () => void
  /** The field to type in. */
  readonly children: ReactNode
}

/** What fits to what was typed. */
export function PaletteList({ listed, text, onText, onDone, children }: PaletteListProps) {
  const words = useWords()
  const { actions } = useApp()
  const { contains } = useFilter({ sensitivity: 'base' })
  return (
    <Autocomplete inputValue={text} onInputChange={onText} filter={contains}>
      {children}
      <Menu
        aria-label={words.shell.openPalette}
        className={`${controls.menu} ${css.paletteList}`}
        items={listed}
        renderEmptyState={() => <p>{words.shell.paletteEmpty}</p>}
      >
        {(action) => (
          <MenuItem
            id={action.id}
            textValue={action.label(words)}
            className={controls.item!}
            onAction={() => {
              onDone()
              actions.run(action.id)
            }}
          >
            {action.icon && <Icon name={action.icon} />}
            <Text slot="label" className={controls.itemText!}>
              {action.label(words)}
            </Text>
            {action.shortcut && <kbd className={controls.itemKeys}>{action.shortcut.replace('Mod', 'Ctrl')}</kbd>}
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  )
}
