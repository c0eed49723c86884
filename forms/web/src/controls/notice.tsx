/** A sentence about how this question is asked here: no map, no other app, another calendar. */
export function Notice({ text, id }: { text: string; id?: string }) {
  return (
    <p class="c-notice" id={id}>
      {text}
    </p>
  );
}
