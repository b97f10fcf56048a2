/** What a person is asked about one use of what is known of them. */
export interface Purpose {
  /** One sentence for the person, in English. */
  readonly description: string;
  /** The same in Chinese. */
  readonly descriptionZh: string;
  /** What holds until the person chooses. */
  readonly isGrantedByDefault: boolean;
}

/**
 * Every purpose that a person decides on. A new one is a new entry here and no migration: choices name their purpose in
 * plain text, and those of a purpose that is gone stay in the history.
 *
 * Both of today stand granted until the person objects: the feed is what a learner comes and asks for, and it cannot be
 * made without them. An objection takes effect with the next request, since the feed reads the choices anew each time.
 * What is not part of what the person asked for (marketing, say) is not granted by default.
 */
export const PURPOSES = {
  PERSONALISATION: {
    description: 'Use what I did here, such as what I viewed, bought or finished, to choose what my feed shows.',
    descriptionZh: '使用我在这里的行为（例如浏览、购买、学完的内容）来挑选推荐给我的内容。',
    isGrantedByDefault: true,
  },
  PROFILE: {
    description: 'Use what I told of myself, namely occupation, interests and goals, to choose what my feed shows.',
    descriptionZh: '使用我填写的资料（职业、兴趣、目标）来挑选推荐给我的内容。',
    isGrantedByDefault: true,
  },
} as const satisfies Readonly<Record<string, Purpose>>;

export type ConsentPurpose = keyof typeof PURPOSES;

/** In the order in which they are shown. */
export const CONSENT_PURPOSES = Object.keys(PURPOSES) as ConsentPurpose[];
