-- JSON in Lua, for the stand-in only; in Hammerspoon it is part of the system. Null is nil.
local json = {}

local ESCAPES = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t" }

local parse

local function blank(text, at) return text:find("%S", at) or #text + 1 end

local function codePoint(text, at)
  local high = tonumber(text:sub(at, at + 3), 16)
  local low = high >= 0xD800 and high < 0xDC00 and text:match("^\\u(%x%x%x%x)", at + 4)
  if low then return 0x10000 + (high - 0xD800) * 0x400 + tonumber(low, 16) - 0xDC00, at + 10 end
  return high, at + 4
end

local function parseText(text, at)
  local parts = {}
  while true do
    local plain, stop = text:match('^([^"\\]*)()', at)
    parts[#parts + 1] = plain
    local sign = text:sub(stop, stop)
    if sign == '"' then return table.concat(parts), stop + 1 end
    if sign == "" then error("a text does not end") end
    local escape = text:sub(stop + 1, stop + 1)
    at = stop + 2
    if escape == "u" then
      local code
      code, at = codePoint(text, at)
      parts[#parts + 1] = utf8.char(code)
    else
      parts[#parts + 1] = ESCAPES[escape] or escape
    end
  end
end

local function parseMembers(text, at, stop, each)
  at = blank(text, at)
  if text:sub(at, at) == stop then return at + 1 end
  while true do
    at = blank(text, each(at))
    local sign = text:sub(at, at)
    if sign == stop then return at + 1 end
    if sign ~= "," then error("a comma is missing at " .. at) end
    at = blank(text, at + 1)
  end
end

local function parseObject(text, at)
  local made = {}
  return made, parseMembers(text, at, "}", function(from)
    if text:sub(from, from) ~= '"' then error("no name at " .. from) end
    local name, after = parseText(text, from + 1)
    after = blank(text, after)
    if text:sub(after, after) ~= ":" then error("a colon is missing at " .. after) end
    made[name], after = parse(text, after + 1)
    return after
  end)
end

local function parseList(text, at)
  local made, length = {}, 0
  return made, parseMembers(text, at, "]", function(from)
    local value, after = parse(text, from)
    length = length + 1
    made[length] = value
    return after
  end)
end

local WORDS = { ["true"] = true, ["false"] = false }

function parse(text, at)
  at = blank(text, at)
  local sign = text:sub(at, at)
  if sign == "{" then return parseObject(text, at + 1) end
  if sign == "[" then return parseList(text, at + 1) end
  if sign == '"' then return parseText(text, at + 1) end
  local word = text:match("^%a+", at)
  if word == "null" then return nil, at + 4 end
  if word and WORDS[word] ~= nil then return WORDS[word], at + #word end
  local number = text:match("^-?%d[%d%.eE+-]*", at)
  if not number then error("no value at " .. at) end
  return tonumber(number), at + #number
end

--- Raises for what is no JSON, as Hammerspoon does.
function json.decode(text)
  local value, after = parse(text, 1)
  if blank(text, after) <= #text then error("something behind the value") end
  return value
end

local function quoted(text)
  return '"' .. text:gsub('[%c"\\]', function(sign) return ("\\u%04x"):format(sign:byte()) end) .. '"'
end

function json.encode(value)
  if type(value) == "string" then return quoted(value) end
  if type(value) ~= "table" then return tostring(value) end
  local parts = {}
  if #value > 0 then
    for at, each in ipairs(value) do parts[at] = json.encode(each) end
    return "[" .. table.concat(parts, ",") .. "]"
  end
  for name, each in pairs(value) do parts[#parts + 1] = quoted(name) .. ":" .. json.encode(each) end
  return "{" .. table.concat(parts, ",") .. "}"
end

return json
