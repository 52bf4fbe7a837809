// What is in a parcel or still to come: titles with their quantities.

export function ItemList({ items }: { items: readonly { title: string; quantity: number }[] }) {
  return (
    <ul className="items">
      {items.map((item) => (
        <li key={item.title}>
          <span>{item.title}</span>
          <span className="quiet">× {item.quantity}</span>
        </li>
      ))}
    </ul>
  )
}
