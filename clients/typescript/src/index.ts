export { createShop, type Shop, type ShopOptions } from "./shop.js";
export { ShopProblem } from "./problem.js";
export type { Tokens } from "./connection.js";
export type * from "./generated.js";
