/** What a form gets back that was refused. */
export interface Refused {
  values: Record<string, string>;
  errors: Record<string, string>;
  message: string;
}

/** A form in a dialog, over another page than its own. */
export interface FormOver {
  /** The page of the form, whose action it sends to. */
  action: string;
  refuse: (refused: Refused) => void;
  /** It was saved; where its page would lead now. */
  lead: (location: string) => Promise<void>;
  cancel: () => void;
}
