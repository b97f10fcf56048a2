/** The data of a GraphQL class: what is left without its methods. */
type DataOf<T> = { [Key in keyof T as T[Key] extends (...args: never[]) => unknown ? never : Key]: T[Key] };

/** Makes an instance of a GraphQL class from its data. A missing or mistyped field does not compile. */
export function build<T extends object>(type: new () => T, data: DataOf<T>): T {
  return Object.assign(new type(), data);
}
