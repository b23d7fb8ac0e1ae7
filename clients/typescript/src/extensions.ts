import { ClientBase } from "./client-base.js";
