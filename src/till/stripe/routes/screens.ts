import { z } from 'zod';
import { formatYuan } from '../../../base/money.js';
import type { Call } from '../call.js';
import type { Cloud } from '../cloud.js';
import { choice, currency, expand, flag, integer, list, merged, metadata, parse, words } from '../params.js';
import { answered, onTheWay } from './readers.js';
import { ofReader, type Route } from './route.js';

const LINE_ITEM = z.strictObject({ amount: integer(), description: words(100), quantity: integer() });
const DISPLAY = z.strictObject({
  type: choice('cart'),
  cart: z
    .strictObject({
      currency: currency(),
      line_items: list(LINE_ITEM).min(1),
      tax: integer().optional(),
      total: integer(),
    })
    .optional(),
  ...expand,
});

const TYPES = ['email', 'numeric', 'phone', 'selection', 'signature', 'text'] as const;
const INPUT = z.strictObject({
  type: choice(...TYPES),
  custom_text: z.strictObject({
    title: words(40),
    description: words(500).optional(),
    submit_button: words(30).optional(),
    skip_button: words(14).optional(),
  }),
  required: flag().optional(),
  selection: z
    .strictObject({
      choices: list(
        z.strictObject({ id: words(50), text: words(30), style: choice('primary', 'secondary').optional() }),
      ).min(1),
    })
    .optional(),
  toggles: list(
    z.strictObject({
      title: words(50).optional(),
      description: words(50).optional(),
      default_value: choice('enabled', 'disabled').optional(),
    }),
  ).optional(),
});
const COLLECT = z.strictObject({ inputs: list(INPUT).min(1).max(5), metadata: metadata().optional(), ...expand });

/** What a reader shows, and asks of the customer, apart from payments. */
export const SCREEN_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/terminal/readers/:/set_reader_display',
    kind: 'other',
    world: ofReader,
    handle: setDisplay,
  },
  {
    method: 'POST',
    path: '/v1/terminal/readers/:/collect_inputs',
    kind: 'other',
    world: ofReader,
    handle: collectInputs,
  },
];

/** A cart as one line: the terminal's display has no room for more. */
function setDisplay(cloud: Cloud, call: Call): void {
  const { cart } = parse(DISPLAY, call.params);
  onTheWay(cloud, call, cloud.readers.get(call.id), ({ id, counter }) => {
    const shown = cart === undefined ? undefined : { ...cart, tax: cart.tax ?? null };
    if (cart === undefined) counter.world.terminal.showText(undefined);
    else {
      const total = formatYuan(Math.abs(cart.total));
      const sign = cart.total < 0 ? '-' : '';
      const count = cart.line_items.reduce((sum, { quantity }) => sum + quantity, 0);
      counter.world.terminal.showText({
        zh: `合计 ${sign}${total} 元(${count} 件)`,
        en: `Total CNY ${sign}${total}, ${count} items`,
      });
    }
    const action = { type: 'set_reader_display', cart: shown ?? null, status: 'succeeded' } as const;
    cloud.readers.setAction(id, action, answered(cloud, call, id));
  });
}

const WIDEST = 40;

function collectInputs(cloud: Cloud, call: Call): void {
  const given = parse(COLLECT, call.params);
  onTheWay(cloud, call, cloud.readers.get(call.id), ({ id, counter }) => {
    const title = given.inputs[0]?.custom_text.title ?? '';
    const en = /^[\x20-\x7e]+$/.test(title) ? title.slice(0, WIDEST) : 'Please answer on the screen';
    counter.world.terminal.showText({ zh: '请顾客输入', en });
    const inputs = given.inputs.map(inputView);
    const meta = given.metadata === undefined ? null : merged({}, given.metadata);
    const action = { type: 'collect_inputs', inputs, metadata: meta, status: 'in_progress' } as const;
    cloud.readers.setAction(id, action, answered(cloud, call, id));
  });
}

/** As it is shown while nobody has answered (docs.stripe.com/terminal/features/collect-inputs). */
function inputView({ type, custom_text: text, required, selection, toggles }: z.infer<typeof INPUT>) {
  const choices =
    selection?.choices.map(({ id, text: words, style }) => ({ id, style: style ?? null, text: words })) ?? [];
  return {
    custom_text: {
      description: text.description ?? null,
      skip_button: text.skip_button ?? null,
      submit_button: text.submit_button ?? null,
      title: text.title,
    },
    required: required ?? false,
    toggles:
      toggles?.map((toggle) => ({
        default_value: toggle.default_value ?? null,
        description: toggle.description ?? null,
        title: toggle.title ?? null,
        value: null,
      })) ?? null,
    type,
    [type]: type === 'selection' ? { choices, id: null, text: null } : { value: null },
  };
}
