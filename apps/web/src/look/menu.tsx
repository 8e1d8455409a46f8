import type { ReactElement } from 'react'
import { Header } from 'react-aria-components/Header'
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { Separator } from 'react-aria-components/Separator'
import { Text } from 'react-aria-components/Text'
import { classNames } from './class-names.ts'
import css from './controls.module.css'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-name.ts'

export interface MenuEntry {
  readonly id: string
  readonly label: string
  readonly icon?: IconName
  readonly keys?: string
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  readonly isChosen?: boolean
  readonly onAction: () => void
}

export interface MenuGroup {
  readonly id: string
  readonly title?: string
  readonly entries: readonly MenuEntry[]
}

/** What opens below a button. @param trigger the button */
export function Menu({
  trigger,
  label,
  groups,
}: {
  readonly trigger: ReactElement
  readonly label: string
  readonly groups: readonly MenuGroup[]
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={css.popover!}>
        <AriaMenu aria-label={label} className={css.menu!}>
          {groups.flatMap((group, index) => [
            ...(index > 0 ? [<Separator key={`before ${group.id}`} className={css.separator!} />] : []),
            <MenuSection key={group.id} {...(group.title === undefined ? { 'aria-label': group.id } : {})}>
              {group.title !== undefined && <Header className={classNames(css.item, css.hint)}>{group.title}</Header>}
              {group.entries.map((entry) => (
                <MenuItem
                  key={entry.id}
                  id={entry.id}
                  onAction={entry.onAction}
                  isDisabled={entry.isDisabled ?? false}
                  className={classNames(css.item, entry.isDanger && css.itemDanger)}
                  textValue={entry.label}
                >
                  {entry.icon && <Icon name={entry.icon} />}
                  <Text slot="label" className={css.itemText!}>
                    {entry.label}
                  </Text>
                  {entry.isChosen && <Icon name="check" size={16} />}
                  {entry.keys && <kbd className={css.itemKeys}>{entry.keys}</kbd>}
                </MenuItem>
              ))}
            </MenuSection>,
          ])}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
