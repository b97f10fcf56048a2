/** Words that stand in every text and tell none from another, in the form in which `wordsOf` gives words. */
const ENGLISH = `a about above after again against all also am an and any are aren as at be because been before being below
  between both but by can cannot could couldn did didn do does doesn doing don down during each few for from further had
  hadn has hasn have haven having he her here hers herself him himself his how however i if in into is isn it its itself
  just ll me more most mustn my myself no nor not now of off on once only or other our ours ourselves out over own re
  same shan she should shouldn so some such than that the their theirs them themselves then there these they this those
  through to too under until up upon us very was wasn we were weren what when where which while who whom whose why will
  with won would wouldn you your yours yourself yourselves`;

/**
 * Chinese particles, pronouns, conjunctions, measure words and the like. One-character words that may name a subject
 * (法 law, 茶 tea, 诗 poetry) are none of them.
 */
const CHINESE = `的 了 着 过 地 得 之 所 是 为 有 在 和 与 及 或 而 且 但 若 则 因 由 于 以 从 自 到 至 向 往 对 把 被 让 使 将 给 跟 同 比 按 据 凭
  我 你 您 他 她 它 我们 你们 您们 他们 她们 它们 咱 咱们 自己 本人 大家 人们 谁 什么 怎么 怎样 怎么样 如何 为何 为什么 哪 哪个 哪些 哪里 几 多少 何
  这 那 这个 那个 这些 那些 这里 那里 这样 那样 这种 那种 此 该 本 各 每 每个 某 某个 某些 其 其中 其他 其它 其余 另 另外 别的 等 等等
  不 没 没有 无 未 非 别 勿 就 才 都 也 又 再 还 仍 更 最 很 太 十分 非常 比较 相当 极 尤其 特别 甚至 几乎 大约 约 共 只 仅 仅仅 便 即 曾 已 已经 正在 刚 将要
  一 两 个 种 些 位 名 次 回 件 条 项 门 本书 一个 一些 一种 一下 一样 一般 一定 一切 一直 一起 之一 两个
  和 以及 并 并且 而且 而是 或者 还是 不仅 不但 不只 不是 只是 就是 也是 都是 可是 但是 然而 不过 虽然 尽管 即使 如果 假如 倘若 只要 只有 除非 除了 因为 所以 因此 因而 由于 于是
  从而 以便 为了 关于 对于 至于 根据 通过 随着 按照 基于 作为 成为 由此 与此 同时 此外 例如 比如 诸如 包括 以上 以下 之间 之后 之前 以后 以前 之中 之外 当中
  上 下 里 中 内 外 前 后 间 时 时候 来 去 起 起来 出 出来 进 进来 上来 下来 过来 过去 下去 上去 到来
  能 会 可 要 应 该应 能够 可以 可能 应该 应当 必须 需要 需 想 想要 愿 愿意 肯 敢 吧 吗 呢 啊 呀 哦 嗯 嘛 啦 哈 么 们 者 性 化 度 等方面 方面`;

export const STOP_WORDS: ReadonlySet<string> = new Set(`${ENGLISH} ${CHINESE}`.split(/\s+/));
