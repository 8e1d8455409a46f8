import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { GridList, GridListItem } from 'react-aria-components/GridList'
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop'
import css from './cards.module.css'
import { classNames } from './class-names.ts'
import controls from './controls.module.css'
import { Icon } from './icon.tsx'

/**
 * Few rows in an order that the person chooses: by dragging, or with the keyboard on the handle of a row (Enter takes it, arrows
 * move it, Enter puts it down, Escape leaves it), which is read aloud.
 */
export function SortableList<T extends { readonly id: string }>({
  label,
  rows,
  textOf,
  handleLabel,
  row,
  onOrder,
  onOpen,
}: {
  readonly label: string
  readonly rows: readonly T[]
  readonly textOf: (row: T) => string
  readonly handleLabel: (row: T) => string
  readonly row: (row: T) => ReactNode
  /** All identifiers in their new order. */
  readonly onOrder: (ids: readonly string[]) => void
  readonly onOpen?: (row: T) => void
}) {
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': textOf(rows.find(({ id }) => id === key)!) })),
    onReorder: ({ keys, target }) => {
      const moved = rows.map(({ id }) => id).filter((id) => keys.has(id))
      const rest = rows.map(({ id }) => id).filter((id) => !keys.has(id))
      const at = rest.indexOf(String(target.key)) + (target.dropPosition === 'after' ? 1 : 0)
      onOrder([...rest.slice(0, at), ...moved, ...rest.slice(at)])
    },
  })
  return (
    <GridList
      aria-label={label}
      className={css.list!}
      items={rows as T[]}
      dragAndDropHooks={dragAndDropHooks}
      {...(onOpen
        ? {
            onAction: (key: string | number) => {
              const opened = rows.find(({ id }) => id === key)
              if (opened) onOpen(opened)
            },
          }
        : {})}
    >
      {(item) => (
        <GridListItem id={item.id} textValue={textOf(item)} className={css.listItem!}>
          <AriaButton
            slot="drag"
            aria-label={handleLabel(item)}
            className={classNames(controls.button, controls.quiet, controls.icon, controls.small)}
          >
            <Icon name="grip" size={16} />
          </AriaButton>
          {row(item)}
        </GridListItem>
      )}
    </GridList>
  )
}
