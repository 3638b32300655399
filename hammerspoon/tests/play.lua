-- lua5.4 tests/play.lua: Hammerspoon's part is played by fake_hs.lua, driven by test/hammerspoon.test.ts.
FOLDER = arg[0]:match("^(.*)/[^/]*$")
package.path = FOLDER .. "/../?.lua"

local play = dofile(FOLDER .. "/fake_hs.lua")

-- As Hammerspoon's users write it: an unknown global is a mistake.
setmetatable(_G, { __index = function(_, name) error("no global is called " .. tostring(name), 2) end })

play()
